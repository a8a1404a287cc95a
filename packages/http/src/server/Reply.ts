/** Declares what a handler hands back: an answer in the contract's terms, or a refusal by its code. */
import type { ProblemCode } from "@purser/contract"

/** An answer; `body` is a value of the contract's schema for that status. */
export interface Answered<Body> {
  readonly _tag: "Answered"
  readonly status: number
  readonly body: Body
  /** What the figures call it, where the status does not tell. */
  readonly outcome?: string
}

/** A refusal. `members` are further members of the problem, as they go over the wire. */
export interface Refused {
  readonly _tag: "Refused"
  readonly code: ProblemCode
  readonly members?: Readonly<Record<string, unknown>>
  /** Told as `Retry-After`, rounded up to whole seconds. */
  readonly retryAfterMillis?: number
  /** Further headers, name and value in turn. */
  readonly headers?: ReadonlyArray<string>
}

/** What a handler can hand back. */
export type Reply<Body> = Answered<Body> | Refused

/** An answer that is text already, such as a stored one. */
export interface Written {
  readonly _tag: "Written"
  readonly status: number
  readonly mediaType: string
  readonly text: string
  readonly outcome?: string
}

/** Answers with a body. */
export const answered = <Body>(status: number, body: Body, outcome?: string): Answered<Body> =>
  outcome === undefined ? { _tag: "Answered", status, body } : { _tag: "Answered", status, body, outcome }

/** Refuses. */
export const refused = (code: ProblemCode, more: Omit<Refused, "_tag" | "code"> = {}): Refused => ({
  _tag: "Refused",
  code,
  ...more
})
