/** Holds what every in-memory store keeps, so that they commit and roll back as one. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"
import { Transaction } from "../Transaction.ts"
import { Journal, type MemoryCell, type MemoryTable } from "./journal.ts"

/** The state that a fiber is inside a transaction of, if any. */
const Joined = Context.Reference<Journal | undefined>("@purser/domain/transaction/testing/Joined", {
  defaultValue: () => undefined
})

/**
 * What in-memory stores are built on. Transactions and lone statements run one after the other: fully isolated, as on
 * SQLite. What a table or cell holds must be immutable: replace values, never change them.
 */
export class MemoryState extends Context.Service<MemoryState, {
  /** A new, empty table. Changes to it are undone when the transaction fails. */
  readonly table: <Key, Value>() => MemoryTable<Key, Value>
  /** A single value that is undone in the same way. */
  readonly cell: <Value>(initial: Value) => MemoryCell<Value>
  /** Runs what a store method does: within the surrounding transaction, or as one of its own. Must not throw to refuse. */
  readonly statement: <A>(body: () => A) => Effect.Effect<A>
  readonly atomically: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}>()("@purser/domain/transaction/testing/MemoryState") {
  /** An empty state and the `Transaction` over it. Provide it once: stores share what they share the layer with. */
  static readonly layer: Layer.Layer<MemoryState | Transaction> = Layer.effectContext(
    Effect.map(
      makeState(),
      (state) =>
        Context.make(MemoryState, state).pipe(
          Context.add(Transaction, Transaction.of({ atomically: state.atomically }))
        )
    )
  )
}

function makeState(): Effect.Effect<MemoryState["Service"]> {
  return Effect.gen(function*() {
    const journal = new Journal()
    const lock = yield* Semaphore.make(1)
    const atomically = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.flatMap(Joined, (joined) =>
        joined === journal
          ? undoneOnFailure(journal, effect)
          : lock.withPermits(1)(Effect.provideService(undoneOnFailure(journal, effect), Joined, journal)))
    return {
      table: () => journal.table(),
      cell: (initial) => journal.cell(initial),
      statement: (body) => atomically(Effect.sync(body)),
      atomically
    }
  })
}

const undoneOnFailure = <A, E, R>(journal: Journal, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.acquireUseRelease(
    Effect.sync(() => journal.begin()),
    () => effect,
    (mark, exit) => Effect.sync(() => Exit.isSuccess(exit) ? journal.keep() : journal.undoTo(mark))
  )
