/** Names the accounts that tickets are booked on. */
import { AccountCode, AccountRequest, type BalanceRule, type NormalSide } from "../ledger/index.ts"
import { Asset } from "../money/index.ts"

/** What the wallet holds, and to whom it is owed: not final yet, set apart, to a ticket, to a token. */
export const accounts = {
  wallet: AccountCode.make("monero:wallet"),
  received: AccountCode.make("monero:received"),
  withheld: AccountCode.make("monero:withheld"),
  unclaimed: AccountCode.make("tickets:unclaimed"),
  claimed: AccountCode.make("tickets:claimed")
} as const

const request = (code: AccountCode, normalSide: NormalSide, balanceRule: BalanceRule): AccountRequest =>
  new AccountRequest({ code, asset: Asset.XMR.code, normalSide, balanceRule, overdraftMinor: 0n, metadata: {} })

/** How they are opened: none can go below zero. */
export const accountRequests: ReadonlyArray<AccountRequest> = [
  request(accounts.wallet, "debit", "credits_at_most_debits"),
  ...[accounts.received, accounts.withheld, accounts.unclaimed, accounts.claimed]
    .map((code) => request(code, "credit", "debits_at_most_credits"))
]
