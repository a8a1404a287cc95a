/** Translates what a database says into the failures that the domain knows. */
import { StorageError, type StorageFailure } from "@purser/domain/transaction"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { isSqlError, SqlError, type SqlErrorReason, UnknownError } from "effect/sql/SqlError"

/** The connection broke while something was being committed. Travels as the cause of an `UnknownError`. */
export class CommitInDoubt extends Data.TaggedError("CommitInDoubt")<{ readonly cause: unknown }> {}

/** An error that says: this may or may not have been committed. */
export const inDoubt = (cause: unknown, operation: string): SqlError =>
  new SqlError({
    reason: new UnknownError({
      cause: new CommitInDoubt({ cause }),
      message: "outcome of COMMIT unknown",
      operation
    })
  })

const failures: Readonly<Record<SqlErrorReason["_tag"], StorageFailure>> = {
  ConnectionError: "Unavailable",
  AuthenticationError: "Unavailable",
  SerializationError: "Contended",
  DeadlockError: "Contended",
  LockTimeoutError: "Contended",
  StatementTimeoutError: "Contended",
  AuthorizationError: "Broken",
  SqlSyntaxError: "Broken",
  UniqueViolation: "Broken",
  ConstraintError: "Broken",
  UnknownError: "Broken"
}

/** What a database error means to a caller of a store. */
export const failureOf = (error: SqlError): StorageFailure =>
  error.reason.cause instanceof CommitInDoubt ? "InDoubt" : failures[error.reason._tag]

/** Replaces database errors by `StorageError` under the name of a store method; other failures pass. */
export const asStorageError =
  (operation: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, Exclude<E, SqlError> | StorageError, R> =>
    Effect.mapError(
      effect,
      (error) =>
        isSqlError(error)
          ? new StorageError({ failure: failureOf(error), operation, cause: error })
          : error as Exclude<E, SqlError>
    )
