/** Names the accounts that tickets are booked on. */
import { AccountCode, AccountRequest } from "../ledger/index.ts"
import { Asset } from "../money/index.ts"

/** What the wallet holds, and to whom it is owed: not final yet, set apart, to a ticket, to a token. */
export const accounts = {
  wallet: AccountCode.make("monero:wallet"),
  received: AccountCode.make("monero:received"),
  withheld: AccountCode.make("monero:withheld"),
  unclaimed: AccountCode.make("tickets:unclaimed"),
  claimed: AccountCode.make("tickets:claimed")
} as const

const owed = [accounts.received, accounts.withheld, accounts.unclaimed, accounts.claimed]

/**
 * How they are opened: none can go below zero. The wallet's account carries the wallet's address, so that books are never
 * continued with another wallet: its payments would look like losses of the first one's.
 */
export const accountRequests = (primaryAddress: string): ReadonlyArray<AccountRequest> => [
  new AccountRequest({
    code: accounts.wallet,
    asset: Asset.XMR.code,
    normalSide: "debit",
    balanceRule: "credits_at_most_debits",
    metadata: { primary_address: primaryAddress }
  }),
  ...owed.map((code) =>
    new AccountRequest({
      code,
      asset: Asset.XMR.code,
      normalSide: "credit",
      balanceRule: "debits_at_most_credits"
    })
  )
]
