/** Makes of a payout what an event makes of it, with everything that goes along. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import type { LedgerError, LinkedSet } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { Payout } from "../Payout.ts"
import * as PayoutPostings from "../PayoutPostings.ts"
import * as PayoutRules from "../PayoutRules.ts"
import { payoutEvents } from "./events.ts"
import type { Ports } from "./ports.ts"

/** Books sets, all of them or none: must run in a transaction. */
export const post = Effect.fnUntraced(function*(
  { ledger }: Ports,
  sets: ReadonlyArray<LinkedSet>
): Effect.fn.Return<void, LedgerError | StorageError> {
  if (sets.length === 0) return
  yield* Effect.forEach(yield* ledger.post(sets), Effect.fromResult, { discard: true })
})

const setsOf = ({ policy }: Ports, { deed, payout }: PayoutRules.Decision): ReadonlyArray<LinkedSet> => {
  if (deed === "book confirmed") return [PayoutPostings.confirmed(payout)]
  if (deed === "release debt") return [PayoutPostings.released(payout, policy.debtAccount(payout))]
  if (payout.status !== "simulated") return []
  // The twin of the wallet is given what it is about to pay: no real money stands behind it.
  const funded = PayoutPostings.funded(`${payout.key}:${payout.round}`, payout.amountMinor, true)
  return [[...funded, ...PayoutPostings.confirmed(payout)]]
}

/**
 * Must run in a transaction, with the payout as it is stored there; `payee` is who is paid from now on. Undefined when the
 * rules refuse the event, and then nothing is written. Postings come last: their locks do.
 */
export const happen = Effect.fnUntraced(function*(
  at: Ports,
  event: PayoutRules.PayoutEvent,
  { payee, stored }: { readonly stored: Payout; readonly payee?: string }
): Effect.fn.Return<PayoutRules.Decision | undefined, LedgerError | StorageError> {
  const nowMillis = yield* Clock.currentTimeMillis
  const chance = yield* Random.next
  const payout = payee === undefined || payee === stored.payee ? stored : new Payout({ ...stored, payee })
  const decided = PayoutRules.next(payout, event, { nowMillis, chance, retry: at.policy.retry })
  if (Result.isFailure(decided)) {
    yield* Effect.logDebug(`payout ${stored.id}: ${event._tag}: ${decided.failure.message}`)
    return undefined
  }
  const decision = decided.success
  yield* at.payouts.move(stored, decision.payout)
  if (decision.deed === "release debt") yield* at.policy.release(stored.id)
  yield* at.outbox.append(payoutEvents(stored, decision.payout, nowMillis))
  yield* post(at, setsOf(at, decision))
  return decision
})

/** The payout as it is stored now. */
export const reread = (
  { payouts }: Ports,
  { id }: Pick<Payout, "id">
): Effect.Effect<Payout | undefined, StorageError> => Effect.map(payouts.byIds([id]), ([found]) => found)
