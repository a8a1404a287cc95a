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
import * as Semaphore from "effect/Semaphore"

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

/** Runs what has to do with the database after all that were taken before. */
export type InTurn = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

/** Books the errands of several callers in one transaction, and answers each. */
export type BookErrands = (
  errands: ReadonlyArray<Errand>,
  inTurn: InTurn
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
/** One batch that is written, and one that is made ready meanwhile. */
const maximumBatches = 2

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
const serve = (book: BookErrands, turns: ReadonlyArray<Turn>, inTurn: InTurn): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (turns.length === 0) return Effect.void
    const booked = book(turns.map(({ errand }) => errand), inTurn)
    return Effect.flatMap(Effect.exit(Effect.provideContext(booked, turns[0]!.context)), (exit) => {
      if (Exit.isSuccess(exit) || turns.length === 1 || !canBeSplit(exit.cause)) {
        return Effect.sync(() => answer(turns, exit))
      }
      const middle = Math.ceil(turns.length / 2)
      return Effect.andThen(serve(book, turns.slice(0, middle), inTurn), serve(book, turns.slice(middle), inTurn))
    })
  })

const serveAll = (book: BookErrands, turns: ReadonlyArray<Turn>, inTurn: InTurn): Effect.Effect<void> =>
  Effect.forEach(batchesOf(turns), (batch) => serve(book, batch, inTurn), { discard: true })

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

/** Takes those who wait at this moment, at most so many; may find nobody. */
const takeWaiting = (queue: Queue.Queue<Turn>, most: number): Effect.Effect<ReadonlyArray<Turn>> =>
  Effect.suspend(() => {
    const count = Math.min(most, Queue.sizeUnsafe(queue))
    return count === 0 ? Effect.succeed([]) : Effect.map(Queue.takeBetween(queue, 1, count), take)
  })

/**
 * Serves the queue batch by batch. When many wait, the batch is made ready while the one before it is written; the first of
 * a row takes half of those who wait, so that there is something to be made ready.
 */
class Lane {
  readonly #turn = Semaphore.makeUnsafe(1)
  readonly #places = Semaphore.makeUnsafe(maximumBatches)
  readonly #queue: Queue.Queue<Turn>
  readonly #book: BookErrands
  readonly #enoughAhead: number
  #ahead = 0

  constructor(queue: Queue.Queue<Turn>, book: BookErrands, enoughAhead: number) {
    this.#queue = queue
    this.#book = book
    this.#enoughAhead = enoughAhead
  }

  /** Serves who waits, or sees to it. */
  readonly next: Effect.Effect<void> = Effect.suspend(() =>
    Queue.sizeUnsafe(this.#queue) < this.#enoughAhead ? this.#few : this.#many
  )
  /** Waits until all are answered that were taken. */
  readonly done: Effect.Effect<void> = Effect.suspend(() => this.#places.withPermits(maximumBatches)(Effect.void))

  readonly #inTurn: InTurn = (effect) => this.#turn.withPermits(1)(effect)

  /** Taken as late as can be, when it is their turn. */
  get #few(): Effect.Effect<void> {
    return this.#inTurn(
      Effect.flatMap(takeWaiting(this.#queue, maximumTurns), (turns) => serveAll(this.#book, turns, (effect) => effect))
    )
  }
  get #many(): Effect.Effect<void> {
    return Effect.asVoid(
      Effect.andThen(this.#places.take(1), () => {
        const waiting = Queue.sizeUnsafe(this.#queue)
        const isFirst = this.#ahead === 0 && waiting >= 2 * this.#enoughAhead
        this.#ahead += 1
        const taken = takeWaiting(this.#queue, Math.min(maximumTurns, isFirst ? Math.ceil(waiting / 2) : waiting))
        const served = Effect.flatMap(taken, (turns) => serveAll(this.#book, turns, this.#inTurn))
        return Effect.forkDetach(Effect.ensuring(served, this.#leave), {
          startImmediately: true,
          uninterruptible: true
        })
      })
    )
  }
  get #leave(): Effect.Effect<unknown> {
    return Effect.suspend(() => {
      this.#ahead -= 1
      return this.#places.release(1)
    })
  }
}

/**
 * Posts through one fiber that takes all who wait; no timer: a batch is what arrived during the last one. A lone caller
 * goes at once. What `book` fails with goes to all of a batch, unless trying them apart can tell them apart. When at least
 * `enoughAhead` wait, `book` may decide on a batch before it has its turn.
 */
export const makePostingLane = (
  book: BookErrands,
  enoughAhead: number
): Effect.Effect<(errand: Errand) => Effect.Effect<Outcomes, StorageError>, never, Scope.Scope> =>
  Effect.gen(function*() {
    const queue = yield* Queue.unbounded<Turn>()
    const lane = new Lane(queue, book, enoughAhead)
    yield* Effect.addFinalizer(() =>
      Effect.map(Effect.orElseSucceed(Queue.clear(queue), () => []), (turns) => answer(turns, Exit.fail(closed))).pipe(
        Effect.andThen(Queue.shutdown(queue)),
        Effect.andThen(lane.done)
      )
    )
    // Waits without taking: who is taken is always answered, however the wait ends.
    yield* Effect.uninterruptibleMask((restore) =>
      Effect.forever(Effect.andThen(restore(Queue.peek(queue)), lane.next))
    ).pipe(Effect.forkScoped)
    return (errand) => enqueue(queue, errand)
  })
