/** Declares what stands between a request that was read and the handler of a route for some only. */
import type { Rules } from "@purser/contract"
import type { StorageError } from "@purser/domain/transaction"
import type * as Effect from "effect/Effect"
import type { ReadInput } from "../given/readInput.ts"
import type { Exchange } from "../server/Exchange.ts"
import type { Call } from "../server/Implementation.ts"
import type { Refused } from "../server/Reply.ts"

/** Who may go on, and the cookies that the answer has to set. */
export interface Passed {
  readonly _tag: "Passed"
  readonly call: Call
  readonly setCookies: ReadonlyArray<string>
}

/** Finds out who calls. Settles the principal and the quota of the exchange. */
export type Guard = (exchange: Exchange, input: ReadInput) => Effect.Effect<Passed | Refused, StorageError>

/** The guard of a route with such rules and method. */
export type GuardOf = (rules: Rules, method: string) => Guard
