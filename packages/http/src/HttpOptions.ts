/** Declares what an operator decides about how the API is served. */
import type * as Redacted from "effect/Redacted"
import type { LimitSettings } from "./limits/Limits.ts"
import type { Listener } from "./Listener.ts"
import type { ConnectionLimits } from "./server/nodeServer.ts"

/** How the API is served. */
export interface HttpOptions {
  readonly public: Listener
  readonly internal: Listener
  /** Where a door listens when it can not have the first place; said in a warning. */
  readonly fallbacks?: { readonly public?: Listener; readonly internal?: Listener }
  /** The bearer key of internal calls. */
  readonly internalKey: Redacted.Redacted<string>
  /** Proxies whose word on the caller's address is believed: addresses, ranges, `unix`. */
  readonly trustedProxies: ReadonlyArray<string>
  /** File mode of Unix sockets, 0o660 unless given. */
  readonly socketMode?: number
  /** How long accepted requests may take to finish when the process ends, 10 s unless given. */
  readonly gracefulMillis?: number
  readonly limits?: LimitSettings
  readonly connections?: Partial<ConnectionLimits>
  /** Providers that a sandbox stands in for: said on every answer. */
  readonly sandboxed: ReadonlyArray<string>
}
