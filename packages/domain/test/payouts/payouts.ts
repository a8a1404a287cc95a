/** Makes payouts with everything filled in but what a test is about. */
import { BlockReference, type Payout, PayoutKey, PayoutRules } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import * as Result from "effect/Result"

export const first = BlockReference.make("A1")
export const second = BlockReference.make("B2")

/** A debt of 2.1 BAN that waits for its block. */
export const queued = (fields: Partial<Payout> = {}): Payout =>
  payoutOf("payout-1", { key: PayoutKey.make("ab".repeat(32)), player: "42", ...fields })

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
