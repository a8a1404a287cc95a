/** Declares the port that makes several stores commit together. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "./StorageError.ts"

/**
 * Runs an effect so that everything it writes through the stores commits or vanishes as one.
 *
 * - A failure, defect or interruption rolls everything back. Inside another `atomically` it is a savepoint.
 * - The answer comes after COMMIT. Callers that wait at the same moment may share one commit (group commit), so the
 *   body must be short and wait for nothing but stores.
 * - The body can run again when the database reports contention: it must have no effect besides the stores.
 */
export class Transaction extends Context.Service<Transaction, {
  readonly atomically: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | StorageError, R>
}>()("@purser/domain/transaction/Transaction") {}
