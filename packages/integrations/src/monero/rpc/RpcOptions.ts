/** Declares where a Monero program is reached and how patient to be with it. */
import type * as Redacted from "effect/Redacted"

/** Where the program is, who asks, and the limits of one exchange. */
export interface RpcOptions {
  /** Address up to `/json_rpc`, such as `http://127.0.0.1:18083`. A user before an `@` is not sent. */
  readonly url: string
  /** Name and password of `--rpc-login`. They are sent as a digest only, and only to a program that asks for them. */
  readonly user?: string
  readonly password?: Redacted.Redacted<string>
  /** For one exchange; 30,000 unless given. A wallet that reads many blocks answers late. */
  readonly timeoutMillis?: number
  /** Connections at once; 4 unless given. Monero resets the 26th from one address. */
  readonly concurrency?: number
  /** Largest answer in bytes; 64 MiB unless given. */
  readonly mostBytes?: number
}
