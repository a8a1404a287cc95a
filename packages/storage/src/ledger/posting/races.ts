/** Tells a lost race from a fault. */
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { isSqlError, type SqlError } from "effect/sql/SqlError"

/** Indexes that a transfer can run into which somebody else has committed between our look and our write. */
const racedIndexes = new Set(["transfer_id", "transfer_idempotency_key", "transfer_reverses", "transfer_pending_id"])

/** True when somebody else was first with the id, the key, the reversal or the end of a hold. */
export const isRace = (error: SqlError): boolean =>
  error.reason._tag === "UniqueViolation" && racedIndexes.has(error.reason.constraint)

/** Run again, the transaction finds what the other has committed. */
export const contended = (operation: string, cause: unknown): StorageError =>
  new StorageError({ failure: "Contended", operation, cause })

/** Makes contention of a lost race. */
export const asContended = (operation: string) => <A, E, R>(effect: Effect.Effect<A, E | SqlError, R>) =>
  Effect.mapError(effect, (error) => isSqlError(error) && isRace(error) ? contended(operation, error) : error)
