/** Holds one request and what is known of its caller, while it is answered. */
import type { LimitClass } from "@purser/contract"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Taken } from "../limits/Quotas.ts"

/** A request being answered. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly correlationId: string
  /** Whom quotas are kept for; see `callerOf`. */
  readonly caller: string
  /** The header as it came; never logged. */
  readonly cookieHeader: string | undefined
  readonly acceptLanguage: string | undefined
  /** Where a trusted proxy says that the caller is, as it says it; undefined where none does. */
  readonly regionHint: string | undefined
  /** Whether what the caller says of its trace is believed: it came through a trusted proxy or the internal door. */
  readonly isTrusted: boolean
  readonly nowMillis: number
  readonly startedNanos: bigint
  /** Who makes the request: the caller, or whose key it brought. Settled when it is admitted. */
  principal: string
  /** What is left of the quota that it was admitted under. */
  quota: { readonly limit: LimitClass; readonly taken: Taken } | undefined
  /** Whether it has its answer: nothing is written twice. */
  isAnswered: boolean
}
