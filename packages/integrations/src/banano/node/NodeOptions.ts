/** Declares where a node is reached and how patient to be with it. */
import type * as Redacted from "effect/Redacted"

/** Where the node is, and the limits of one exchange. */
export interface NodeOptions {
  /** The whole address of its RPC, such as `http://127.0.0.1:7072`. A user before an `@` is not sent. */
  readonly url: string
  /** A header that a provider asks for, such as `authorization`. */
  readonly apiKey?: { readonly header: string; readonly value: Redacted.Redacted<string> }
  /** For one exchange; 15,000 unless given. */
  readonly timeoutMillis?: number
  /** Questions at once; 4 unless given. The others wait their turn. */
  readonly concurrency?: number
  /** Largest answer in bytes; 4 MiB unless given. */
  readonly mostBytes?: number
}
