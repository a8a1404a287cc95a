/** Signs for payouts, one place in the chain after the other, and settles what became of each block. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import type { AccountError, LedgerError, LedgerStore } from "../../ledger/index.ts"
import type { Outbox } from "../../outbox/index.ts"
import type { Difference } from "../../reconciliation/index.ts"
import type { StorageError, Transaction } from "../../transaction/index.ts"
import * as PayoutPostings from "../PayoutPostings.ts"
import type { PayoutRail, RailFrontier, RailUnavailable } from "../PayoutRail.ts"
import type { BlockStore, PayoutStore } from "../PayoutStore.ts"
import { type Paid, payOne } from "./pay.ts"
import type { PayoutPolicy } from "./PayoutPolicy.ts"
import { type Guard, type Office, officeOf, type Ports, ports } from "./ports.ts"
import { receiveOne } from "./receive.ts"
import { compare } from "./reconcile.ts"
import { earliest, mostOpen, settle, type Settled } from "./settle.ts"
import { stand, type Standing } from "./stand.ts"

/** What a round did last: `Received` a block, paid, or nothing, because the account does not stand `Clear`. */
export type Step = { readonly _tag: "Received" } | Paid | Exclude<Standing, { readonly _tag: "Clear" }>

/** What one round came to, and when the next is due; null when only time or somebody else brings news. */
export interface Ticked extends Settled {
  readonly step: Step
}

/** Every way in which a round fails; `G` is the guard's. Safe to repeat after each. */
export type TickError<G> = G | LedgerError | RailUnavailable | StorageError

/** The use cases of money going out. */
export class PayoutSigner extends Context.Service<PayoutSigner, {
  /** Opens the accounts that it posts to. Idempotent; call it before the first round. */
  readonly books: Effect.Effect<void, AccountError | StorageError>
  /**
   * Does one round: settles what is open, and then signs at most one block, for what comes in or for one payout. Everything
   * is written through the guard, which the caller passes: it fails when the caller is no longer in office. A round that
   * dies at any point leaves what the next one needs. A `LedgerError` means that the books refuse what the rail shows: an
   * operator must look.
   */
  readonly tick: <G>(guard: Guard<G>) => Effect.Effect<Ticked, TickError<G>>
  /** Holds the books against the account: rows `account:…`, and `block:HASH` for a newest block that is not ours. */
  readonly reconcile: Effect.Effect<ReadonlyArray<Difference>, RailUnavailable | StorageError>
}>()("@purser/domain/payouts/PayoutSigner") {
  /** The use cases on the rail and the stores at hand. */
  static readonly layer: Layer.Layer<
    PayoutSigner,
    never,
    BlockStore | LedgerStore | Outbox | PayoutPolicy | PayoutRail | PayoutStore | Transaction
  > = Layer.effect(
    PayoutSigner,
    Effect.gen(function*() {
      const at = yield* ports
      const turn = yield* Ref.make<Turn>("receive")
      return {
        books: openBooks(at),
        tick: <G>(guard: Guard<G>) => tickOf(officeOf(at, guard), turn),
        reconcile: Effect.flatMap(at.rail.frontier, (frontier) => at.transaction.atomically(compare(at, frontier)))
      }
    })
  )
}

/** Who goes first: receiving and paying take turns, so that nobody can hold payouts up by sending small change. */
type Turn = "receive" | "pay"

const openBooks = ({ ledger }: Ports): Effect.Effect<void, AccountError | StorageError> =>
  Effect.flatMap(
    ledger.openAccounts([false, true].flatMap(PayoutPostings.accountRequests)),
    (answers) => Effect.forEach(answers, Effect.fromResult, { discard: true })
  )

const nothingSettled: Settled = { open: 0, published: 0, confirmed: 0, failed: 0, dueAtMillis: null }

const isBlockOut = ({ _tag }: Step): boolean => _tag === "Received" || _tag === "Signed"

const received = { _tag: "Received" } as const

/** One block at most: the first of the two that has something to sign. */
const signOne = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  frontier: RailFrontier,
  turn: Ref.Ref<Turn>
): Effect.fn.Return<Step, TickError<G>> {
  if ((yield* Ref.get(turn)) === "receive" && (yield* receiveOne(at, frontier))) {
    yield* Ref.set(turn, "pay")
    return received
  }
  const before = yield* Ref.getAndSet(turn, "receive")
  const paid = yield* payOne(at, frontier)
  if (isBlockOut(paid) || before === "receive") return paid
  return (yield* receiveOne(at, frontier)) ? received : paid
})

const step = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  turn: Ref.Ref<Turn>,
  { open }: Settled
): Effect.fn.Return<Step, TickError<G>> {
  // Nothing is signed for real money, and nothing is booked of it.
  if (at.policy.dryRun) return yield* payOne(at, yield* at.rail.frontier)
  const standing = yield* stand(at)
  if (standing._tag !== "Clear") return standing
  const { frontier } = standing
  if (open >= mostOpen) return { _tag: "UnderWay", newest: frontier.newest }
  const done = yield* signOne(at, frontier, turn)
  if (!isBlockOut(done)) yield* at.rail.prepare(frontier.newest)
  return done
})

/** At once where something was done that may have made room for more. */
const dueAfter = (step: Step, settled: Settled, nowMillis: number): number | null => {
  switch (step._tag) {
    case "Idle":
      return earliest(settled.dueAtMillis, step.dueAtMillis)
    case "UnderWay":
    case "ForeignBlock":
    case "Contradicted":
    case "Refused":
      return settled.dueAtMillis
    default:
      return nowMillis
  }
}

const tickOf = Effect.fn("PayoutSigner.tick")(function*<G>(
  at: Office<G>,
  turn: Ref.Ref<Turn>
): Effect.fn.Return<Ticked, TickError<G>> {
  const settled = at.policy.dryRun ? nothingSettled : yield* settle(at)
  const done = yield* step(at, turn, settled)
  const dueAtMillis = dueAfter(done, settled, yield* Clock.currentTimeMillis)
  return { ...settled, step: done, dueAtMillis }
})
