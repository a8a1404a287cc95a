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

type Sets = ReadonlyArray<LinkedSet>
type Outcomes = ReadonlyArray<Outcome>
type Post = (sets: Sets) => Effect.Effect<Outcomes, StorageError>

/** A caller who waits. `context` holds the clock and span that it came with. */
interface Turn {
  readonly sets: Sets
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

const transfersOf = ({ sets }: Turn): number => sets.reduce((count, set) => count + set.length, 0)

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

const answer = (turns: ReadonlyArray<Turn>, exit: Exit.Exit<Outcomes, StorageError>): void => {
  let next = 0
  for (const turn of turns) {
    const from = next
    next += turn.sets.length
    Deferred.doneUnsafe(turn.answer, Exit.map(exit, (outcomes) => outcomes.slice(from, next)))
  }
}

/** One transaction for all, or, when it fails for a reason that may lie with one of them, one for each half. */
const serve = (post: Post, turns: ReadonlyArray<Turn>): Effect.Effect<void> =>
  Effect.exit(Effect.provideContext(post(turns.flatMap(({ sets }) => sets)), turns[0]!.context)).pipe(
    Effect.flatMap((exit) => {
      if (Exit.isSuccess(exit) || turns.length === 1 || !canBeSplit(exit.cause)) {
        return Effect.sync(() => answer(turns, exit))
      }
      const middle = Math.ceil(turns.length / 2)
      return Effect.andThen(serve(post, turns.slice(0, middle)), serve(post, turns.slice(middle)))
    })
  )

const take = (turns: ReadonlyArray<Turn>): ReadonlyArray<Turn> => {
  const taken = turns.filter(({ state }) => state === "waiting")
  for (const turn of taken) turn.state = "taken"
  return taken
}

/** One who is interrupted while waiting is withdrawn; one who was taken learns what became of its sets first. */
const enqueue = (queue: Queue.Queue<Turn>, sets: Sets): Effect.Effect<Outcomes, StorageError> =>
  Effect.contextWith((context: Context.Context<never>) => {
    const turn: Turn = { sets, context, answer: Deferred.makeUnsafe(), state: "waiting" }
    if (!Queue.offerUnsafe(queue, turn)) return Effect.fail(closed)
    return Effect.onInterrupt(Deferred.await(turn.answer), () => {
      if (turn.state === "taken") return Effect.asVoid(Effect.exit(Deferred.await(turn.answer)))
      turn.state = "withdrawn"
      return Effect.void
    })
  })

/**
 * Posts through one fiber that takes all who wait; no timer: a batch is what arrived during the last one. A lone caller
 * goes at once. What `post` fails with goes to all of a batch, unless trying them apart can tell them apart.
 */
export const makePostingLane = (post: Post): Effect.Effect<Post, never, Scope.Scope> =>
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
          Effect.forEach(batchesOf(take(turns)), (batch) => serve(post, batch), { discard: true })
        ),
        Effect.forever
      )
    ).pipe(Effect.forkScoped)
    return (sets) => enqueue(queue, sets)
  })
