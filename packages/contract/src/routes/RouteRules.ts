/** Declares what every route has to say about itself before it can be served. */
import * as Context from "effect/Context"
import type { ProblemCode } from "../problems/index.ts"

/** Requests that share a quota. */
export type LimitClass = "redeem" | "token" | "probe" | "document" | "admin"

/** One of the two doors. */
export type Door = "public" | "internal"

/** How a route is to be served. There are no defaults: a route that leaves one out does not compile, and one without rules is not served. */
export interface Rules {
  /** Where it answers; on the other door it does not exist. */
  readonly doors: ReadonlyArray<Door>
  /** Who may call: anybody, or who has the internal key. */
  readonly credential: "none" | "internal_key"
  /** Whether it reads a body. */
  readonly body: "none" | "json"
  /**
   * What an `Idempotency-Key` does. `none`: nothing changes, the key is not looked at. `stored`: effect and answer
   * commit together and the answer is repeated. `repeated`: the answer holds a secret and is not stored; the operation,
   * idempotent by itself, answers again.
   */
  readonly effect: "none" | "stored" | "repeated"
  readonly limit: LimitClass
  /** The action under which the use case puts it into the audit log, or why it does not. */
  readonly audit: { readonly action: string } | { readonly omitted: string }
  /** `secret` and `state` are never cached; a `document` is, for minutes. */
  readonly holds: "secret" | "state" | "document"
  /** Refusals beyond those that every such route can answer with. */
  readonly problems: ReadonlyArray<ProblemCode>
  /** Refusals that count as a miss and raise the caller's back-off. */
  readonly misses: ReadonlyArray<ProblemCode>
}

/** The annotation that carries them. */
export class RouteRules extends Context.Service<RouteRules, Rules>()("@purser/contract/RouteRules") {}

const always: ReadonlyArray<ProblemCode> = [
  "malformed_request",
  "request_timeout",
  "expectation_failed",
  "rate_limited",
  "headers_too_large",
  "internal_error",
  "shutting_down"
]

/** Every refusal that a route with these rules can answer with. */
export const codesOf = (rules: Rules): ReadonlyArray<ProblemCode> => [
  ...always,
  ...rules.credential === "internal_key" ? ["unauthorized"] as const : [],
  ...rules.body === "json"
    ? ["malformed_json", "invalid_request", "body_too_large", "unsupported_media_type"] as const
    : [],
  ...rules.effect === "none"
    ? []
    : [
      "invalid_idempotency_key",
      "request_in_flight",
      "idempotency_key_reused",
      "storage_unavailable",
      "outcome_unknown"
    ] as const,
  ...rules.misses.length > 0 ? ["too_many_misses"] as const : [],
  ...rules.problems
]
