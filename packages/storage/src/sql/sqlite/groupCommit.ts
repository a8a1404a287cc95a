/** Lets callers that wait at the same moment share one commit: natural batching, no timer. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

const largestGroup = 256

/** One caller: its work in a savepoint, then its answer once the commit of the group is known. */
interface Job {
  readonly run: Effect.Effect<void>
  readonly settle: (commit: Exit.Exit<void, SqlError>) => void
}

/** Runs an effect in the group's transaction; answers after its commit. */
export type GroupCommit = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | SqlError, R>

type Progress = "waiting" | "started" | "withdrawn"

/** The work of one caller and the way to wait for it. A caller that is interrupted before its turn is withdrawn. */
const jobOf = <A, E, R>(sql: SqlClient, effect: Effect.Effect<A, E, R>, context: Context.Context<R>) => {
  const answer = Deferred.makeUnsafe<A, E | SqlError>()
  let progress: Progress = "waiting"
  let own: Exit.Exit<A, E | SqlError> | undefined
  const job: Job = {
    run: Effect.suspend(() => {
      if (progress === "withdrawn") return Effect.void
      progress = "started"
      return Effect.map(Effect.exit(Effect.provideContext(sql.withTransaction(effect), context)), (exit) => {
        own = exit
      })
    }),
    settle: (commit) => {
      const isOwn = own !== undefined && (Exit.isFailure(own) || Exit.isSuccess(commit))
      Deferred.doneUnsafe(answer, (isOwn ? own : commit) as Exit.Exit<A, E | SqlError>)
    }
  }
  const giveUp = Effect.suspend(() => {
    if (progress === "started") return Effect.ignore(Deferred.await(answer))
    progress = "withdrawn"
    return Effect.void
  })
  const wait = Effect.onInterrupt(Effect.interruptible(Deferred.await(answer)), () => giveUp)
  return { job, wait }
}

/**
 * Makes the group commit of a client with one connection. Each caller has a savepoint: its failure takes back its own
 * work only. A commit that fails fails every caller of its group. Inside a transaction it is a plain savepoint.
 */
export const makeGroupCommit = (sql: SqlClient): Effect.Effect<GroupCommit, never, Scope.Scope> =>
  Effect.gen(function*() {
    const queue = yield* Queue.unbounded<Job>()
    const commit = (jobs: ReadonlyArray<Job>) =>
      Effect.map(
        Effect.exit(sql.withTransaction(Effect.forEach(jobs, ({ run }) => run, { discard: true }))),
        (exit) => {
          for (const job of jobs) job.settle(exit)
        }
      )
    yield* Effect.forkScoped(
      Effect.uninterruptibleMask((restore) =>
        Effect.forever(Effect.flatMap(restore(Queue.takeBetween(queue, 1, largestGroup)), commit))
      )
    )
    yield* Effect.addFinalizer(() =>
      Effect.map(Queue.clear(queue), (jobs) => {
        for (const job of jobs) job.settle(Exit.interrupt())
      })
    )
    return <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.contextWith((context: Context.Context<R>) => {
        const joined = Context.getOption(context as Context.Context<never>, sql.transactionService)
        if (Option.isSome(joined)) return sql.withTransaction(effect)
        const { job, wait } = jobOf(sql, effect, context)
        return Effect.uninterruptible(Effect.andThen(Queue.offer(queue, job), wait))
      })
  })
