/** Lists the accounts of the shop. */
import { type AccountCode, AccountRequest } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"

/** What everything is counted in. */
export const currency = Asset.EUR

const asset = currency.code

/** What we have. Grows with debits. */
export const bank = AccountRequest.from({ code: "bank", asset, normalSide: "debit", balanceRule: "none" })

/** What we earned. Grows with credits. */
export const sales = AccountRequest.from({ code: "shop:sales", asset, normalSide: "credit", balanceRule: "none" })

/** What we owe a user. It can not be spent twice: the rule holds for all callers at every moment. */
export const wallet = (user: string): AccountRequest =>
  AccountRequest.from({
    code: `user:${user}:wallet`,
    asset,
    normalSide: "credit",
    balanceRule: "debits_at_most_credits"
  })

/** Name of a user's account. */
export const walletCode = (user: string): AccountCode => wallet(user).code
