/** Runs PostgreSQL transactions, again when they met another one. */
import { StorageError, type Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { SqlClient } from "effect/sql/SqlClient"
import { isSqlError } from "effect/sql/SqlError"
import { asStorageError } from "../failures.ts"

/** How often a transaction is run again, after 5, 10, 20 … milliseconds, each up or down by a fifth. */
const maximumRetries = 8
/** No attempt begins later than that: one that waits for a lock until its time-out is not made nine times. */
const maximumMillis = 10_000

const pauses = Schedule.exponential("5 millis").pipe(
  Schedule.jittered,
  Schedule.upTo({ times: maximumRetries, duration: maximumMillis })
)

/** Only where the database says so: what a store refuses by itself it refuses the next time too. */
const isContended = (error: unknown): boolean =>
  error instanceof StorageError && error.failure === "Contended" && isSqlError(error.cause)

/**
 * `atomically` for PostgreSQL. A serialization failure, deadlock or lock time-out runs the whole body again, boundedly. A
 * COMMIT in doubt is reported and never retried. Inside a transaction: a savepoint, which is not retried by itself.
 */
export const makeRetrying = (sql: SqlClient): Transaction["Service"] => ({
  atomically: <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | StorageError, R> =>
    Effect.contextWith((context: Context.Context<never>) => {
      const once = asStorageError("Transaction.atomically")(sql.withTransaction(effect)) as Effect.Effect<
        A,
        E | StorageError,
        R
      >
      return Context.getOrUndefined(context, sql.transactionService) === undefined
        ? Effect.retry(once, { schedule: pauses, while: isContended })
        : once
    })
})
