/** Declares what every route has to say about itself before it can be served. */
import * as Context from "effect/Context"
import type { ProblemCode } from "../problems/index.ts"

/** Requests that share a quota. */
export type LimitClass = "redeem" | "token" | "probe" | "document" | "admin" | "sign_in" | "player"

/** One of the two doors. */
export type Door = "public" | "internal"

/** How a route is to be served. There are no defaults: a route that leaves one out does not compile, and one without rules is not served. */
export interface Rules {
  /** Where it answers; on the other door it does not exist. */
  readonly doors: ReadonlyArray<Door>
  /**
   * Who may call: anybody; anybody, but who is signed in is recognised; who has the internal key; who is signed in; an
   * admin who is signed in, or who has the internal key. `proven_admin`: an admin also has to have given a second factor
   * within the last minutes.
   */
  readonly credential: "none" | "optional_session" | "internal_key" | "session" | "admin" | "proven_admin"
  /** Whether it reads a body. */
  readonly body: "none" | "json" | "form"
  /**
   * What an `Idempotency-Key` does. `none`: nothing changes, the key is not looked at. `stored`: effect and answer
   * commit together and the answer is repeated. `repeated`: the answer holds a secret and is not stored; the operation,
   * idempotent by itself, answers again.
   */
  readonly effect: "none" | "stored" | "repeated"
  readonly limit: LimitClass
  /** The action under which the use case puts it into the audit log, or why it does not. */
  readonly audit: { readonly action: string } | { readonly omitted: string }
  /** `secret`, `state` and `page` are never cached; a `document` is for minutes, an `asset`, which never changes, for ever. */
  readonly holds: "secret" | "state" | "page" | "document" | "asset"
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

const ofCredential: Readonly<Record<Rules["credential"], ReadonlyArray<ProblemCode>>> = {
  none: [],
  optional_session: [],
  internal_key: ["unauthorized"],
  session: ["session_required", "storage_unavailable"],
  admin: ["unauthorized", "session_required", "admin_required", "storage_unavailable"],
  proven_admin: ["unauthorized", "session_required", "admin_required", "second_factor_required", "storage_unavailable"]
}

const ofBody: Readonly<Record<Rules["body"], ReadonlyArray<ProblemCode>>> = {
  none: [],
  json: ["malformed_json", "invalid_request", "body_too_large", "unsupported_media_type"],
  form: ["invalid_request", "body_too_large", "unsupported_media_type", "form_expired"]
}

/** Says whether a browser's session counts here, so that a request which changes something must come from our own pages. */
export const takesSession = ({ credential }: Rules): boolean =>
  credential !== "none" && credential !== "internal_key" && credential !== "optional_session"

/** Every refusal that a route with these rules can answer with. */
export const codesOf = (rules: Rules): ReadonlyArray<ProblemCode> => [
  ...always,
  ...ofCredential[rules.credential],
  ...ofBody[rules.body],
  ...takesSession(rules) && (rules.effect !== "none" || rules.body === "form") ? ["foreign_request"] as const : [],
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
