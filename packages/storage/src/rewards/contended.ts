/** Reports that somebody else was first. */
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { isSqlError } from "effect/sql/SqlError"

/** Fails as `Contended`. A text is no error of the database, so that the transaction is not run again by itself. */
export const contended = (operation: string, cause: string): Effect.Effect<never, StorageError> =>
  Effect.fail(new StorageError({ failure: "Contended", operation, cause }))

/** Replaces what a unique index refused by `Contended`. The savepoint around it undoes the rest of what it wrote. */
export const contendedWhereTaken = (operation: string, cause: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.catchIf(
    effect,
    (error) => isSqlError(error) && error.reason._tag === "UniqueViolation",
    () => contended(operation, cause)
  )
