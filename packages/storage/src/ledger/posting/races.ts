/** Tells a lost race from a fault. */
import * as Effect from "effect/Effect"
import { isSqlError, SerializationError, SqlError } from "effect/sql/SqlError"

/** Indexes that a transfer can run into which somebody else has committed between our look and our write. */
const racedIndexes = new Set(["transfer_id", "transfer_idempotency_key", "transfer_reverses", "transfer_pending_id"])

/** True when somebody else was first with the id, the key, the reversal or the end of a hold. */
export const isRace = (error: SqlError): boolean =>
  error.reason._tag === "UniqueViolation" && racedIndexes.has(error.reason.constraint)

/** What the database itself says of two transactions that can not both be right: run again, it finds the other's rows. */
export const contended = (cause: unknown): SqlError =>
  new SqlError({
    reason: new SerializationError({ cause, message: "another transaction was first", operation: "LedgerStore" })
  })

/** Makes contention of a lost race. */
export const asContended = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError, R> =>
  Effect.mapError(effect, (error) => isSqlError(error) && isRace(error) ? contended(error) : error)
