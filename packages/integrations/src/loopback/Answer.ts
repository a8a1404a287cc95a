/** Models requests and answers of the sandbox's listener, the answers that go wrong included. */
import type { IncomingHttpHeaders } from "node:http"
import type { Socket } from "node:net"

/**
 * A request that was read whole. `path` has the query in it, the names of `headers` are in lower case, and `connection`
 * tells requests on one connection from those on others.
 */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly authorization: string | undefined
  readonly headers: Readonly<IncomingHttpHeaders>
  readonly connection: Socket
  readonly body: string
}

/** A text with a status, and how it goes out: whole, cut by a reset after half of it, or as half of it. */
export interface Said {
  readonly _tag: "Said"
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** Beside type and length, such as `location` or `retry-after`; a list is sent once for each. */
  readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly isReset?: boolean
}

/** An answer; `Hangup` closes the connection without one. */
export type Answer = Said | { readonly _tag: "Hangup" }

/** JSON with a status. */
export const json = (status: number, body: string): Said => ({
  _tag: "Said",
  status,
  contentType: "application/json",
  body
})

/** Why a request is refused, as JSON. */
export const refused = (
  status: number,
  { code, detail }: { readonly code: string; readonly detail: string }
): Said => json(status, JSON.stringify({ error: { code, detail } }))

/** Nothing but a status. */
export const bare = (status: number): Said => ({ _tag: "Said", status, contentType: "text/plain", body: "" })

/** A page. */
export const html = (status: number, body: string): Said => ({
  _tag: "Said",
  status,
  contentType: "text/html; charset=utf-8",
  body
})

/** Sends a browser elsewhere. */
export const redirect = (location: string): Said => ({ ...bare(302), headers: { location } })
