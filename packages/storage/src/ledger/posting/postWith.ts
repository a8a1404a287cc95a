/** Lets rows of others commit with postings, many callers in one transaction. */
import {
  type LedgerError,
  type LedgerStore,
  type LinkedSet,
  type Outcome,
  postWithin,
  type Work,
  type WorkBooked
} from "@purser/domain/ledger"
import { StorageError } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import type { Errand } from "./PostingLane.ts"

type Sets = ReadonlyArray<LinkedSet>
type Outcomes = ReadonlyArray<Outcome>

interface Ways {
  readonly lane: (errand: Errand) => Effect.Effect<Outcomes, StorageError>
  readonly post: (sets: Sets) => Effect.Effect<Outcomes, StorageError>
  readonly isWithin: (context: Context.Context<never>) => boolean
}

const operation = "LedgerStore.postWith"

/** Undoes the transaction of a batch in which the ledger refused what other rows depend on. */
const undone = new StorageError({ failure: "Broken", operation, cause: "refused" })

/** Contention is the transaction's, which runs again as a whole. */
const contention = (exit: Exit.Exit<unknown, unknown>): StorageError | undefined => {
  if (Exit.isSuccess(exit)) return undefined
  const found = exit.cause.reasons.find((reason) =>
    Cause.isFailReason(reason) && reason.error instanceof StorageError && reason.error.failure === "Contended"
  )
  return found === undefined ? undefined : (found as Cause.Fail<StorageError>).error
}

/** One caller: what its work came to when it ran last. */
class Rider<A, E, R> {
  readonly #work: Effect.Effect<Work<A>, E, R>
  readonly #sql: Bench["sql"]
  readonly #own: Context.Context<R>
  #exit: Exit.Exit<Work<A>, E | StorageError> | undefined
  #refusal: LedgerError | undefined

  constructor(sql: Bench["sql"], own: Context.Context<R>, work: Effect.Effect<Work<A>, E, R>) {
    this.#sql = sql
    this.#own = own
    this.#work = work
  }

  /** Runs the work in a savepoint. One that fails asks for nothing to be booked, and keeps nobody else from it. */
  readonly prepare: Effect.Effect<Sets, StorageError> = Effect.contextWith((context: Context.Context<never>) => {
    const service = this.#sql.transactionService
    const within = Context.add(this.#own, service, Context.getUnsafe(context, service)) as Context.Context<R>
    const work = asStorageError(operation)(this.#sql.withTransaction(this.#work))
    return Effect.flatMap(Effect.exit(Effect.provideContext(work, within)), (exit) => {
      this.#exit = exit
      this.#refusal = undefined
      const contended = contention(exit)
      if (contended !== undefined) return Effect.fail(contended)
      return Effect.succeed(Exit.isSuccess(exit) ? exit.value.sets : [])
    })
  })

  /** Fails where a set was refused: then nothing of this caller may stay. */
  readonly settle = (outcomes: Outcomes): Effect.Effect<void, StorageError> => {
    this.#refusal = outcomes.find(Result.isFailure)?.failure
    return this.#refusal === undefined ? Effect.void : Effect.fail(undone)
  }

  /** Its own failure is believed only when the transaction is over: it may rest on what others of it wrote. */
  outcome(said: Exit.Exit<Outcomes, StorageError>): Exit.Exit<WorkBooked<A>, E | LedgerError | StorageError> {
    if (Exit.isFailure(said)) return this.#refusal === undefined ? Exit.failCause(said.cause) : Exit.fail(this.#refusal)
    return Exit.map(this.#exit!, ({ value }) => ({ value, booked: said.value.map(Result.getOrThrow) }))
  }
}

/** See `LedgerStore.postWith`. */
export const makePostWith = (bench: Bench, { isWithin, lane, post }: Ways): LedgerStore["Service"]["postWith"] => {
  const join = postWithin(bench, post)
  return <A, E, R>(work: Effect.Effect<Work<A>, E, R>) =>
    Effect.contextWith((own: Context.Context<R>) => {
      if (isWithin(own as Context.Context<never>)) return join(work)
      const rider = new Rider(bench.sql, own, work)
      return Effect.flatMap(Effect.exit(lane({ sets: [], prepare: rider.prepare, settle: rider.settle })), (exit) =>
        rider.outcome(exit))
    })
}
