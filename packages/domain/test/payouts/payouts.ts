/** Makes payouts with everything filled in but what a test is about. */
import { Asset } from "@purser/domain/money"
import { BlockReference, Payout, PayoutId, PayoutKey, PayoutRules } from "@purser/domain/payouts"
import * as Result from "effect/Result"

export const first = BlockReference.make("A1")
export const second = BlockReference.make("B2")

/** A debt of 2.1 BAN that waits for its block. */
export const queued = (fields: Partial<Payout> = {}): Payout =>
  new Payout({
    id: PayoutId.make("payout-1"),
    key: PayoutKey.make("ab".repeat(32)),
    player: "42",
    payee: "ban_payee",
    asset: Asset.BAN.code,
    amountMinor: 210_000_000n,
    dryRun: false,
    status: "queued",
    queuedAtMillis: 0,
    round: 0,
    block: null,
    takenAtMillis: null,
    attempts: 0,
    firstAttemptAtMillis: null,
    lastAttemptAtMillis: null,
    nextAttemptAtMillis: null,
    failureReason: null,
    ...fields
  })

export const moment = (fields: Partial<PayoutRules.Moment> = {}): PayoutRules.Moment => ({
  nowMillis: 1_000,
  chance: 1,
  retry: { baseMillis: 100, ceilingMillis: 1_000, mostAttempts: 3 },
  ...fields
})

/** What an event leads to, in words: the status and the deed, or the reason of a refusal. */
export const told = (payout: Payout, event: PayoutRules.PayoutEvent, at = moment()): string =>
  Result.match(PayoutRules.next(payout, event, at), {
    onFailure: ({ why }) => why,
    onSuccess: ({ deed, payout: { status } }) => `${status}: ${deed}`
  })
