/** Lets callers who post at the same moment share one transaction, each told its own outcomes. */
import type { LinkedSet, Outcome } from "@purser/domain/ledger"
import { StorageError } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"

type Outcomes = ReadonlyArray<Outcome>

/** What a caller brings. */
export interface Errand {
  /** What to book, as far as it is known before the transaction begins. */
  readonly sets: ReadonlyArray<LinkedSet>
  /** Runs first in the transaction and tells what to book instead. */
  readonly prepare?: Effect.Effect<ReadonlyArray<LinkedSet>, StorageError>
  /** Runs last in the transaction, which it can undo. */
  readonly settle?: (outcomes: ReadonlyArray<Outcome>) => Effect.Effect<void, StorageError>
}

/** Books the errands of several callers in one transaction, and answers each. */
export type BookErrands = (
  errands: ReadonlyArray<Errand>
) => Effect.Effect<ReadonlyArray<Outcomes>, StorageError>

/** A caller who waits. `context` holds the clock and span that it came with. */
interface Turn {
  readonly errand: Errand
  readonly context: Context.Context<never>
  readonly answer: Deferred.Deferred<Outcomes, StorageError>
  state: "waiting" | "taken" | "withdrawn"
}

/** How many callers, and how many transfers unless one caller has more, go into one transaction. */
const maximumTurns = 1000
const maximumTransfers = 1000

const closed = new StorageError({
  failure: "Unavailable",
  operation: "LedgerStore.post",
  cause: "the database is closed"
})

/** One whose sets are not known yet counts as one. */
const transfersOf = ({ errand: { sets } }: Turn): number => sets.reduce((count, set) => count + set.length, 0) || 1

/** Cuts the turns into batches, in order. */
const batchesOf = (turns: ReadonlyArray<Turn>): ReadonlyArray<ReadonlyArray<Turn>> => {
  const batches: Array<Array<Turn>> = []
  let room = 0
  for (const turn of turns) {
    const count = transfersOf(turn)
    if (batches.length === 0 || count > room) {
      batches.push([])
      room = maximumTransfers
    }
    batches.at(-1)!.push(turn)
    room -= count
  }
  return batches
}

/** Trying the callers apart can help: one of them may be at fault. Not when the database is away or may have committed. */
const canBeSplit = (cause: Cause.Cause<StorageError>): boolean =>
  !cause.reasons.some((reason) =>
    Cause.isFailReason(reason) && (reason.error.failure === "Unavailable" || reason.error.failure === "InDoubt")
  )

const answer = (turns: ReadonlyArray<Turn>, exit: Exit.Exit<ReadonlyArray<Outcomes>, StorageError>): void => {
  for (const [index, turn] of turns.entries()) {
    Deferred.doneUnsafe(turn.answer, Exit.map(exit, (outcomes) => outcomes[index] ?? []))
  }
}

/** One transaction for all, or, when it fails for a reason that may lie with one of them, one for each half. */
const serve = (book: BookErrands, turns: ReadonlyArray<Turn>): Effect.Effect<void> =>
  Effect.exit(Effect.provideContext(book(turns.map(({ errand }) => errand)), turns[0]!.context)).pipe(
    Effect.flatMap((exit) => {
      if (Exit.isSuccess(exit) || turns.length === 1 || !canBeSplit(exit.cause)) {
        return Effect.sync(() => answer(turns, exit))
      }
      const middle = Math.ceil(turns.length / 2)
      return Effect.andThen(serve(book, turns.slice(0, middle)), serve(book, turns.slice(middle)))
    })
  )

const take = (turns: ReadonlyArray<Turn>): ReadonlyArray<Turn> => {
  const taken = turns.filter(({ state }) => state === "waiting")
  for (const turn of taken) turn.state = "taken"
  return taken
}

/** One who is interrupted while waiting is withdrawn; one who was taken learns what became of its sets first. */
const enqueue = (queue: Queue.Queue<Turn>, errand: Errand): Effect.Effect<Outcomes, StorageError> =>
  Effect.contextWith((context: Context.Context<never>) => {
    const turn: Turn = { errand, context, answer: Deferred.makeUnsafe(), state: "waiting" }
    if (!Queue.offerUnsafe(queue, turn)) return Effect.fail(closed)
    return Effect.onInterrupt(Deferred.await(turn.answer), () => {
      if (turn.state === "taken") return Effect.asVoid(Effect.exit(Deferred.await(turn.answer)))
      turn.state = "withdrawn"
      return Effect.void
    })
  })

/**
 * Posts through one fiber that takes all who wait; no timer: a batch is what arrived during the last one. A lone caller
 * goes at once. What `book` fails with goes to all of a batch, unless trying them apart can tell them apart.
 */
export const makePostingLane = (
  book: BookErrands
): Effect.Effect<(errand: Errand) => Effect.Effect<Outcomes, StorageError>, never, Scope.Scope> =>
  Effect.gen(function*() {
    const queue = yield* Queue.unbounded<Turn>()
    yield* Effect.addFinalizer(() =>
      Effect.map(Effect.orElseSucceed(Queue.clear(queue), () => []), (turns) => answer(turns, Exit.fail(closed))).pipe(
        Effect.andThen(Queue.shutdown(queue))
      )
    )
    // Waits without taking: who is taken is always answered, however the wait ends.
    yield* Effect.uninterruptibleMask((restore) =>
      restore(Queue.peek(queue)).pipe(
        Effect.andThen(Queue.takeBetween(queue, 1, maximumTurns)),
        Effect.flatMap((turns) =>
          Effect.forEach(batchesOf(take(turns)), (batch) => serve(book, batch), { discard: true })
        ),
        Effect.forever
      )
    ).pipe(Effect.forkScoped)
    return (errand) => enqueue(queue, errand)
  })
