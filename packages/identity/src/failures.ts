/** Turns what the database and the library throw into errors of identity, without what they quote. */
import { IdentityError, type IdentityFailure } from "@purser/domain/identity"
import * as Effect from "effect/Effect"

/** Of a server that is away, starting, ending or full; and of time-outs and locks. */
const passing = /^(?:SQLITE_BUSY.*|E[A-Z]{3,}|08...|53...|57P0.|57014|55P03|40...)$/u

/** Codes only: messages of databases quote rows. */
const codeOf = (cause: unknown): string | undefined => {
  const { cause: inner, code } = (cause ?? {}) as { readonly cause?: unknown; readonly code?: unknown }
  if (typeof code === "string" && /^[A-Z0-9_]{3,40}$/u.test(code)) return code
  return inner === undefined || inner === cause ? undefined : codeOf(inner)
}

/** `pg` has no code for these. */
const codeless = /^(?:timeout exceeded when trying to connect|Query read timeout|Connection terminated.*)$/u

const isTimeout = (cause: unknown): boolean =>
  cause instanceof Error && (codeless.test(cause.message) || isTimeout(cause.cause))

const failureOf = (cause: unknown, code: string | undefined): IdentityFailure =>
  (code === undefined ? isTimeout(cause) : passing.test(code)) ? "Unavailable" : "Broken"

/** What a thrown value is to callers of `operation`. */
export const identityError = (operation: string, cause: unknown): IdentityError => {
  if (cause instanceof IdentityError) return cause
  const code = codeOf(cause)
  const name = cause instanceof Error ? cause.name : typeof cause
  return new IdentityError({ operation, failure: failureOf(cause, code), detail: code ?? name })
}

/** A promise as an effect that fails with an error of identity. */
export const attempt = <A>(operation: string, body: () => PromiseLike<A>): Effect.Effect<A, IdentityError> =>
  Effect.tryPromise({ try: () => body(), catch: (cause) => identityError(operation, cause) })
