/** Writes the headers that every answer carries. */
import type { Rules } from "@purser/contract"
import type { Quota } from "../limits/Quotas.ts"
import { styleHash } from "../reference/style.ts"
import type { Exchange } from "../server/Exchange.ts"

/** Forbids a browser whatever an answer does not need. A page may use one style sheet, told by its hash. */
const policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const pagePolicy = `${policy}; style-src '${styleHash}'`

/** What does not depend on the request, name and value in turn. */
export const safetyHeaders = (
  holds: Rules["holds"],
  { sandboxed }: { readonly sandboxed: ReadonlyArray<string> }
): ReadonlyArray<string> => [
  "X-Content-Type-Options",
  "nosniff",
  "Content-Security-Policy",
  holds === "document" ? pagePolicy : policy,
  ...holds === "document" ? ["Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy", "same-origin"] : [],
  ...sandboxed.length === 0 ? [] : ["Purser-Sandbox", sandboxed.join(", ")]
]

const documentSeconds = 300

/** What depends on the route's rules only. */
export const ruleHeaders = (rules: Pick<Rules, "holds" | "limit">, quota: Quota): ReadonlyArray<string> => [
  "RateLimit-Policy",
  `"${rules.limit}";q=${quota.requests};w=${quota.windowSeconds}`
]

/** Whether an answer may be kept: documents for minutes, everything else and every refusal never. */
export const cacheControl = (holds: Rules["holds"], status: number): string =>
  holds === "document" && status === 200 ? `public, max-age=${documentSeconds}` : "no-store"

/** What depends on the request: its name, and what is left of the quota. */
export const exchangeHeaders = ({ correlationId, quota }: Exchange): ReadonlyArray<string> =>
  quota === undefined
    ? ["X-Correlation-Id", correlationId]
    : [
      "X-Correlation-Id",
      correlationId,
      "RateLimit",
      `"${quota.limit}";r=${quota.taken.remaining};t=${quota.taken.resetSeconds}`
    ]

const millisPerSecond = 1_000

/** `Retry-After` in whole seconds, at least 1. */
export const retryAfter = (millis: number): ReadonlyArray<string> => [
  "Retry-After",
  String(Math.max(1, Math.ceil(millis / millisPerSecond)))
]
