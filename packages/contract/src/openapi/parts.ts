/** Declares the headers and parameters that many routes share, as OpenAPI components. */
import type { Rules } from "../routes/RouteRules.ts"
import { correlationIdPattern, idempotencyKeyPattern } from "../scalars.ts"

const text = (description: string, example: string, more: object = {}): object => ({
  description,
  schema: { type: "string", ...more },
  example
})

/** `components.headers`: what answers carry. */
export const headerParts: Readonly<Record<string, object>> = {
  "X-Correlation-Id": text(
    "Names the request in logs, traces and the audit log: the caller's, or a new one.",
    "5f8c3b0e-6c1d-4a52-9f0b-2a7c9a1d4e11"
  ),
  "RateLimit-Policy": text(
    "The quota of the route: q requests in w seconds (draft-ietf-httpapi-ratelimit-headers).",
    "\"redeem\";q=60;w=60"
  ),
  RateLimit: text("What is left of it: r requests, and t seconds until all of it is back.", "\"redeem\";r=59;t=1"),
  "Retry-After": text("Seconds to wait before the next try.", "5"),
  "WWW-Authenticate": text("How to authenticate.", "Bearer realm=\"purser\""),
  "Purser-Sandbox": text("Present where a sandbox stands in for providers: their names.", "monero")
}

/** `components.parameters`: what requests may carry. */
export const parameterParts: Readonly<Record<string, object>> = {
  "X-Correlation-Id": {
    name: "X-Correlation-Id",
    in: "header",
    required: false,
    ...text("Taken over where it fits the pattern; else a new one is made.", "checkout-7f3a9c21", {
      pattern: correlationIdPattern.source
    })
  },
  "Idempotency-Key": {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    ...text(
      "The same key and request take effect once. With another request it is refused with 422, while under way with 409.",
      "0b2f6f0e-61f1-4b0e-8c8e-1f6f9f3f2a10",
      { pattern: idempotencyKeyPattern.source }
    )
  }
}

const always = ["X-Correlation-Id", "RateLimit-Policy", "RateLimit", "Purser-Sandbox"]
const retried = new Set([409, 429, 503])

/** The headers of an answer with this status. */
export const headersOf = (status: number): ReadonlyArray<string> => [
  ...always,
  ...retried.has(status) ? ["Retry-After"] : [],
  ...status === 401 ? ["WWW-Authenticate"] : []
]

/** The headers that a request to a route with these rules may carry. */
export const parametersOf = (rules: Rules): ReadonlyArray<string> =>
  rules.effect === "none" ? ["X-Correlation-Id"] : ["X-Correlation-Id", "Idempotency-Key"]
