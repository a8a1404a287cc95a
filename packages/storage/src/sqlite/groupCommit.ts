/** Lets transactions that wait at the same moment share one COMMIT, and so one write to disk. */
import { StorageError, type Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { SqlClient } from "effect/sql/SqlClient"
import { asStorageError } from "../failures.ts"

type Commit = Deferred.Deferred<void, StorageError>

/** What a caller needs when its turn has come: the open transaction, and the commit to wait for. */
interface Opening {
  readonly transaction: Context.Context<never>
  readonly commit: Commit
}

/**
 * A caller in the queue. It runs its body in its own fiber when `opening` is answered, and then completes `finished`; so
 * does one that was interrupted before.
 */
interface Turn {
  readonly opening: Deferred.Deferred<Opening, StorageError>
  readonly finished: Deferred.Deferred<void>
}

const operation = "Transaction.atomically"
const maximumTurns = 256

const closed = new StorageError({ failure: "Unavailable", operation, cause: "the database is closed" })

const giveTurn = (turn: Turn, opening: Opening): Effect.Effect<void> =>
  Effect.suspend(() => {
    Deferred.doneUnsafe(turn.opening, Exit.succeed(opening))
    return Deferred.await(turn.finished)
  })

/** One transaction for all turns, in the order of arrival. Its outcome goes to every caller. */
const runGroup = (sql: SqlClient, turns: ReadonlyArray<Turn>): Effect.Effect<void> =>
  Effect.suspend(() => {
    const commit: Commit = Deferred.makeUnsafe()
    const group = Effect.contextWith((transaction: Context.Context<never>) =>
      Effect.forEach(turns, (turn) => giveTurn(turn, { transaction, commit }), { discard: true })
    )
    return Effect.map(Effect.exit(asStorageError(operation)(sql.withTransaction(group))), (exit) => {
      Deferred.doneUnsafe(commit, exit)
      // A group that could not even begin has turns that nobody answered.
      if (Exit.isFailure(exit)) {
        for (const turn of turns) Deferred.doneUnsafe(turn.opening, Exit.failCause(exit.cause))
      }
    })
  })

/** Its own failure is only believed once the group has committed: it may rest on what others of the group wrote. */
const runBody = <A, E, R>(sql: SqlClient, effect: Effect.Effect<A, E, R>, { commit, transaction }: Opening) =>
  Effect.contextWith((own: Context.Context<R>) =>
    Effect.exit(Effect.provideContext(
      asStorageError(operation)(sql.withTransaction(effect)),
      Context.merge(transaction, own) as Context.Context<R>
    ))
  ).pipe(Effect.map((exit) => ({ commit, exit })))

const enqueue = <A, E, R>(sql: SqlClient, queue: Queue.Queue<Turn>, effect: Effect.Effect<A, E, R>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.suspend(() => {
      const turn: Turn = { opening: Deferred.makeUnsafe(), finished: Deferred.makeUnsafe() }
      if (!Queue.offerUnsafe(queue, turn)) return Effect.fail(closed)
      return restore(Deferred.await(turn.opening)).pipe(
        Effect.flatMap((opening) => restore(runBody(sql, effect, opening))),
        Effect.onExit(() => Effect.sync(() => Deferred.doneUnsafe(turn.finished, Exit.void))),
        Effect.flatMap(({ commit, exit }) => Effect.andThen(Deferred.await(commit), exit))
      )
    })
  )

/**
 * `atomically` for a database with one connection. Callers queue; one fiber takes all that wait, opens a transaction and
 * gives each a savepoint in turn. No timer: a group is what arrived during the last COMMIT. A failure, defect or
 * interruption undoes one savepoint; a failing COMMIT fails every caller of the group. Inside a transaction: a savepoint.
 */
export const makeGroupCommit = (sql: SqlClient): Effect.Effect<Transaction["Service"], never, Scope.Scope> =>
  Effect.gen(function*() {
    const queue = yield* Queue.unbounded<Turn>()
    yield* Effect.addFinalizer(() =>
      Effect.map(Effect.orElseSucceed(Queue.clear(queue), () => []), (turns) => {
        for (const turn of turns) Deferred.doneUnsafe(turn.opening, Exit.fail(closed))
      }).pipe(Effect.andThen(Queue.shutdown(queue)))
    )
    // Waits without taking: what is taken is always run, however the wait ends.
    yield* Effect.uninterruptibleMask((restore) =>
      restore(Queue.peek(queue)).pipe(
        Effect.andThen(Queue.takeBetween(queue, 1, maximumTurns)),
        Effect.flatMap((turns) => runGroup(sql, turns)),
        Effect.forever
      )
    ).pipe(Effect.forkScoped)
    return {
      atomically: <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StorageError, R> =>
        Effect.contextWith((context: Context.Context<never>) =>
          Context.getOrUndefined(context, sql.transactionService) === undefined
            ? enqueue(sql, queue, effect)
            : asStorageError(operation)(sql.withTransaction(effect)) as Effect.Effect<A, E | StorageError, R>
        )
    }
  })
