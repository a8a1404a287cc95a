/** Reports what went wrong between a store and its database. */
import * as Data from "effect/Data"

/**
 * Why a store could not answer.
 *
 * - `Unavailable`: no connection, pool exhausted, server going down. Nothing was committed; a retry helps.
 * - `Contended`: serialization failure, deadlock or lock time-out. Nothing was committed; a retry helps.
 * - `InDoubt`: the connection broke while COMMIT was under way. It may have committed; look before trying again.
 * - `Broken`: anything else, such as a constraint that our code should have kept. A retry does not help.
 */
export type StorageFailure = "Unavailable" | "Contended" | "InDoubt" | "Broken"

/** A store could not answer. `operation` names the store method; `cause` may quote values, so it is never shown to users. */
export class StorageError extends Data.TaggedError("StorageError")<{
  readonly failure: StorageFailure
  readonly operation: string
  readonly cause?: unknown
}> {
  /** True when the same call may simply be made again. */
  get isRetryable(): boolean {
    return this.failure === "Unavailable" || this.failure === "Contended"
  }
  override get message(): string {
    return `${this.operation}: storage ${this.failure}`
  }
}
