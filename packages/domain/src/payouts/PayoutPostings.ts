/** Turns what happens to a payout in Banano into transfers, each derived from its cause so that it is booked once. */
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  type LinkedSet,
  PostTransfer,
  ReasonCode
} from "../ledger/index.ts"
import { Asset } from "../money/index.ts"
import type { Payout } from "./Payout.ts"

/** The accounts of one set of books: the operator's wallet, where its money came from, and what is under way to players. */
export interface PayoutAccounts {
  readonly wallet: AccountCode
  readonly funding: AccountCode
  readonly payable: AccountCode
}

const named = (prefix: string): PayoutAccounts => ({
  wallet: AccountCode.make(`${prefix}banano:wallet`),
  funding: AccountCode.make(`${prefix}rewards:funding`),
  payable: AccountCode.make(`${prefix}payouts:payable`)
})

const real = named("")
const simulated = named("dry_run:")

/** Those of real money, or their twins, where a dry run books: it never touches real books. */
export const accountsOf = (dryRun: boolean): PayoutAccounts => dryRun ? simulated : real

/** How they are opened: neither the wallet nor what is owed can go below zero. */
export const accountRequests = (dryRun: boolean): ReadonlyArray<AccountRequest> => {
  const { funding, payable, wallet } = accountsOf(dryRun)
  const owed = { asset: Asset.BAN.code, normalSide: "credit", balanceRule: "debits_at_most_credits" } as const
  return [
    new AccountRequest({
      code: wallet,
      asset: Asset.BAN.code,
      normalSide: "debit",
      balanceRule: "credits_at_most_debits"
    }),
    new AccountRequest({ code: funding, ...owed }),
    new AccountRequest({ code: payable, ...owed })
  ]
}

const unkeyed = { idempotencyKey: null, effectiveAtMillis: null, reverses: null } as const

const moved = (payout: Payout, step: "made" | "confirmed" | "released", way: Pick<PostTransfer, "debit" | "credit">) =>
  new PostTransfer({
    ...unkeyed,
    ...way,
    id: deriveTransferId("payout", payout.dryRun ? "dry_run" : "real", payout.key, String(payout.round), step),
    asset: payout.asset,
    amountMinor: payout.amountMinor,
    reason: ReasonCode.make(`payout.${step}`),
    reference: payout.key,
    metadata: payout.block === null ? {} : { block: payout.block }
  })

/** The debt, from the account where it is owed, gets under way. */
export const made = (payout: Payout, debt: AccountCode): LinkedSet => [
  moved(payout, "made", { debit: debt, credit: accountsOf(payout.dryRun).payable })
]

/** The block is confirmed: the money left the wallet. */
export const confirmed = (payout: Payout): LinkedSet => {
  const { payable, wallet } = accountsOf(payout.dryRun)
  return [moved(payout, "confirmed", { debit: payable, credit: wallet })]
}

/** Nothing of it can land any more: it is owed as before. Book it with the round in which it failed. */
export const released = (payout: Payout, debt: AccountCode): LinkedSet => [
  moved(payout, "released", { debit: accountsOf(payout.dryRun).payable, credit: debt })
]

/** A block received, or, before the first look, what the account held: once for each hash. Positive, in minor units. */
export const funded = (hash: string, amountMinor: bigint, dryRun = false): LinkedSet => {
  const { funding, wallet } = accountsOf(dryRun)
  return [
    new PostTransfer({
      ...unkeyed,
      id: deriveTransferId("banano", dryRun ? "dry_run" : "real", "received", hash),
      debit: wallet,
      credit: funding,
      asset: Asset.BAN.code,
      amountMinor,
      reason: ReasonCode.make("banano.received"),
      reference: hash,
      metadata: {}
    })
  ]
}
