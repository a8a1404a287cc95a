/** Lists why nobody is signed in and why no second factor counts. No error holds a secret. */
import * as Data from "effect/Data"

/**
 * Why identity could not answer.
 *
 * - `Unavailable`: the database is away or busy; a retry helps.
 * - `Broken`: anything else, such as a row that should not be there. A retry does not help; an operator must look.
 * - `Misconfigured`: what it was started with can not be right; only at the start.
 */
export type IdentityFailure = "Unavailable" | "Broken" | "Misconfigured"

/** Identity could not answer. `detail` is a code or a name, never a value of a row, a cookie or a header. */
export class IdentityError extends Data.TaggedError("IdentityError")<{
  readonly failure: IdentityFailure
  readonly operation: string
  readonly detail: string
}> {
  override get message(): string {
    return `${this.operation}: identity ${this.failure} (${this.detail})`
  }
}

/**
 * Why a sign-in did not come about, in order of precedence.
 *
 * - `StateMissing`: the callback or the browser has no state: it was not begun here, or cookies are refused.
 * - `StateMismatch`: the state is not the one this browser was given, or was tampered with.
 * - `StateExpired`: it was begun more than 10 minutes ago.
 * - `StateUsed`: somebody has come back with it already.
 * - `Denied`: the user did not consent.
 * - `CodeRefused`: the provider does not know the code, or there is none.
 * - `ProviderUnavailable`: the provider did not answer, or not as it promises to.
 */
export type LoginRefusal =
  | "StateMissing"
  | "StateMismatch"
  | "StateExpired"
  | "StateUsed"
  | "Denied"
  | "CodeRefused"
  | "ProviderUnavailable"

/** Nobody is signed in. To begin again helps in every case, after `ProviderUnavailable` a little later. */
export class LoginRefused extends Data.TaggedError("LoginRefused")<{ readonly reason: LoginRefusal }> {
  override get message(): string {
    return `sign-in is refused: ${this.reason}`
  }
}

/**
 * Why a second factor is refused, in order of precedence.
 *
 * - `SessionEnded`: the session was revoked or has ended meanwhile.
 * - `NotEnrolled`: there is no secret to compare with.
 * - `AlreadyEnrolled`: to replace a secret takes a fresh code of the one before.
 * - `TooManyAttempts`: no code is looked at before `untilMillis`.
 * - `CodeUsed`: this code, or one after it, was accepted before.
 * - `CodeWrong`: it is not the code of this moment.
 */
export type SecondFactorRefusal =
  | "SessionEnded"
  | "NotEnrolled"
  | "AlreadyEnrolled"
  | "TooManyAttempts"
  | "CodeUsed"
  | "CodeWrong"

/** A second factor is refused. `untilMillis` is null unless there were too many attempts. */
export class SecondFactorRefused extends Data.TaggedError("SecondFactorRefused")<{
  readonly reason: SecondFactorRefusal
  readonly untilMillis: number | null
}> {
  override get message(): string {
    return `second factor is refused: ${this.reason}`
  }
}
