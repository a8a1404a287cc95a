/** Pays one payout: the one that has waited longest and may be paid now. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { LedgerError } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Payout } from "../Payout.ts"
import type { RailFrontier, RailRefused, RailUnavailable, SignedBlock } from "../PayoutRail.ts"
import type { PayoutEvent } from "../PayoutRules.ts"
import * as SpendRules from "../SpendRules.ts"
import { happen, reread } from "./happen.ts"
import type { Office, Ports } from "./ports.ts"
import { keep, sendOut } from "./store.ts"

/**
 * What paying came to: one was `Signed` and sent out, or `Simulated`; one was `Failed`, or its attempt was; nothing may be
 * spent (`Refused`); or nobody waits (`Idle`), and the next is due at that time, null when none is.
 */
export type Paid =
  | { readonly _tag: "Signed" | "Simulated" | "Failed" | "Postponed" }
  | { readonly _tag: "Refused"; readonly why: SpendRules.SpendRefused["why"] }
  | { readonly _tag: "Idle"; readonly dueAtMillis: number | null }

type Failure<G> = G | LedgerError | StorageError

/** How many of those who wait are looked at: one that is above a ceiling does not hold up all others. */
const mostWaiting = 50

const hourMillis = 3_600_000
const dayMillis = 24 * hourMillis

/** Whether the wallet may pay this now. Asked before signing, and again in the transaction that stores the block. */
const refusalOf = Effect.fnUntraced(function*(
  { blocks, payouts, policy, rail: { account } }: Ports,
  payout: Payout,
  { balanceMinor }: RailFrontier
): Effect.fn.Return<SpendRules.SpendRefused["why"] | undefined, StorageError> {
  const nowMillis = yield* Clock.currentTimeMillis
  const spent = SpendRules.maySpend({
    ...yield* policy.limits,
    amountMinor: payout.amountMinor,
    balanceMinor,
    reservedMinor: yield* payouts.queuedBeforeMinor(payout),
    spentHourMinor: yield* blocks.sentSinceMinor(account, nowMillis - hourMillis),
    spentDayMinor: yield* blocks.sentSinceMinor(account, nowMillis - dayMillis)
  })
  return Result.isFailure(spent) ? spent.failure.why : undefined
})

const isSameMoment = (left: Payout, right: Payout | undefined): boolean =>
  right?.status === "queued" && left.round === right.round && left.attempts === right.attempts

interface Order {
  readonly payout: Payout
  readonly payee: string
  readonly frontier: RailFrontier
}

const prepared = ({ hash }: SignedBlock): PayoutEvent => ({ _tag: "Prepared", block: hash })

/**
 * Must run in a transaction. What was true before the signature has to be true still: the payout waits, its payee is the
 * same, and the limits allow it. Null when it is not; the block is forgotten then, and nobody has seen it.
 */
const keepSend = Effect.fnUntraced(function*(at: Ports, { frontier, payee, payout }: Order, signed: SignedBlock) {
  const stored = yield* reread(at, payout)
  if (stored === undefined || !isSameMoment(payout, stored)) return null
  if ((yield* at.policy.payee(stored)) !== payee) return null
  if ((yield* refusalOf(at, stored, frontier)) !== undefined) return null
  const block = yield* keep(at, signed, stored.id)
  if (block === undefined) {
    yield* happen(at, { _tag: "AttemptFailedBeforeSigning", reason: "place_taken" }, { stored })
    return null
  }
  yield* happen(at, prepared(signed), { stored, payee })
  return block
})

/** Must run in a transaction: nothing is kept of the block but its name. */
const simulate = Effect.fnUntraced(function*(at: Ports, { payee, payout }: Order, signed: SignedBlock) {
  const stored = yield* reread(at, payout)
  if (stored === undefined || !isSameMoment(payout, stored)) return
  yield* happen(at, prepared(signed), { stored, payee })
})

/** Must run in a transaction. */
const setBack = Effect.fnUntraced(function*(at: Ports, payout: Payout, event: PayoutEvent) {
  const stored = yield* reread(at, payout)
  if (stored === undefined || !isSameMoment(payout, stored)) return
  yield* happen(at, event, { stored })
})

const notSigned = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  payout: Payout,
  error: RailUnavailable | RailRefused
): Effect.fn.Return<Paid, Failure<G>> {
  if (error._tag === "RailRefused" && error.why === "AmountTooLarge") return { _tag: "Refused", why: "BelowFloor" }
  if (error._tag === "RailRefused") {
    yield* at.act(setBack(at, payout, { _tag: "GiveUp", reason: "payee_malformed" }))
    return { _tag: "Failed" }
  }
  yield* Effect.logWarning(`payout ${payout.id}: ${error.message}`)
  yield* at.act(setBack(at, payout, { _tag: "AttemptFailedBeforeSigning", reason: "not_signed" }))
  return { _tag: "Postponed" }
})

const sign = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  payout: Payout,
  frontier: RailFrontier
): Effect.fn.Return<Paid, Failure<G>> {
  const payee = yield* at.policy.payee(payout)
  if (payee === null) {
    yield* at.act(setBack(at, payout, { _tag: "GiveUp", reason: "no_payee" }))
    return { _tag: "Failed" }
  }
  const signed = yield* Effect.result(at.rail.signSend(frontier, { payee, amountMinor: payout.amountMinor }))
  if (Result.isFailure(signed)) return yield* notSigned(at, payout, signed.failure)
  const order = { payout, payee, frontier }
  if (payout.dryRun) {
    yield* at.act(simulate(at, order, signed.success))
    return { _tag: "Simulated" }
  }
  const block = yield* at.act(keepSend(at, order, signed.success))
  if (block === null) return { _tag: "Postponed" }
  yield* sendOut(at, block)
  return { _tag: "Signed" }
})

const isDue = (nowMillis: number) => ({ nextAttemptAtMillis }: Payout): boolean =>
  nextAttemptAtMillis === null || nextAttemptAtMillis <= nowMillis

const soonest = (waiting: ReadonlyArray<Payout>): number | null =>
  waiting.reduce<number | null>(
    (soonest, { nextAttemptAtMillis: at }) => at === null || soonest !== null && soonest <= at ? soonest : at,
    null
  )

/** Signs for the first that may be paid, in the order of queueing. At most one block goes out. */
export const payOne = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  frontier: RailFrontier
): Effect.fn.Return<Paid, Failure<G>> {
  const waiting = yield* at.payouts.list({
    status: "queued",
    dryRun: at.policy.dryRun,
    sortBy: "queued",
    order: "ascending",
    limit: mostWaiting
  })
  const due = waiting.filter(isDue(yield* Clock.currentTimeMillis))
  let refused: SpendRules.SpendRefused["why"] | undefined
  for (const payout of due) {
    const why = yield* refusalOf(at, payout, frontier)
    if (why === undefined) return yield* sign(at, payout, frontier)
    refused ??= why
    // What holds for one holds for all: the switch, and a floor that those before have reached.
    if (why === "KillSwitchOn" || why === "BelowFloor") break
  }
  return refused === undefined
    ? { _tag: "Idle", dueAtMillis: soonest(waiting) }
    : { _tag: "Refused", why: refused }
})
