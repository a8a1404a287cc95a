/** Turns what went wrong into refusals that tell the caller what to do and nothing of what is inside. */
import type { StorageError } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as ErrorReporter from "effect/ErrorReporter"
import { type Refused, refused } from "../server/Reply.ts"

const unavailable = refused("storage_unavailable", { retryAfterMillis: 1_000 })
const unknown = refused("outcome_unknown", { retryAfterMillis: 2_000 })
const internal = refused("internal_error")

const report = (cause: Cause.Cause<unknown>): Effect.Effect<Refused> =>
  Effect.as(
    Effect.andThen(Effect.logError("A request failed unexpectedly", cause), ErrorReporter.report(cause)),
    internal
  )

const refuseStorage = (error: StorageError): Effect.Effect<Refused> => {
  switch (error.failure) {
    case "Unavailable":
    case "Contended":
      return Effect.as(Effect.logWarning("Storage could not answer", error), unavailable)
    case "InDoubt":
      return Effect.as(Effect.logError("A commit is in doubt", error), unknown)
    case "Broken":
      return report(Cause.fail(error))
  }
}

/**
 * Storage that can be tried again or is in doubt has an answer of its own. Anything else, broken storage too, is logged
 * with its cause, reported, and answered as nothing but an error. An interruption stays one.
 */
export const refuseFailure = (cause: Cause.Cause<StorageError>): Effect.Effect<Refused> => {
  const [reason, ...others] = cause.reasons
  if (reason?._tag === "Fail" && others.length === 0) return refuseStorage(reason.error)
  return Cause.hasInterruptsOnly(cause) ? Effect.interrupt : report(cause)
}
