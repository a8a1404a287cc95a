/** Declares what a handler hands back: an answer in the contract's terms, or a refusal by its code. */
import type { ProblemCode } from "@purser/contract"

/** An answer; `body` is a value of the contract's schema for that status. */
export interface Answered<Body> {
  readonly _tag: "Answered"
  readonly status: number
  readonly body: Body
  /** What the figures call it, where the status does not tell. */
  readonly outcome?: string
  /** Where it is not the one that the contract names. */
  readonly mediaType?: string
  /** Further headers, name and value in turn. */
  readonly headers?: ReadonlyArray<string>
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

/** An answer that is text already, such as a stored one. Without a body it has no media type either. */
export interface Written {
  readonly _tag: "Written"
  readonly status: number
  readonly mediaType: string
  readonly text: string
  readonly outcome?: string
  /** Further headers, name and value in turn. */
  readonly headers?: ReadonlyArray<string>
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

const cookies = (setCookies: ReadonlyArray<string>): ReadonlyArray<string> =>
  setCookies.flatMap((cookie) => ["Set-Cookie", cookie])

/** Adds cookies to whatever is answered, before those that it sets already. */
export const withCookies = <R extends { readonly headers?: ReadonlyArray<string> }>(
  reply: R,
  setCookies: ReadonlyArray<string>
): R => setCookies.length === 0 ? reply : { ...reply, headers: [...cookies(setCookies), ...reply.headers ?? []] }

/** Sends a browser elsewhere. 303 makes it GET there, whatever it came with. */
export const movedTo = (
  location: string,
  { cookies: setCookies = [], status = 302 }: {
    readonly status?: 302 | 303
    readonly cookies?: ReadonlyArray<string>
  } = {}
): Answered<void> => ({
  _tag: "Answered",
  status,
  body: undefined,
  headers: ["Location", location, ...cookies(setCookies)]
})
