/** Writes the headers that every answer carries. */
import type { Rules } from "@purser/contract"
import type { Quota } from "../limits/Quotas.ts"
import type { Exchange } from "../server/Exchange.ts"

/** Forbids a browser whatever an answer does not need; `style` allows one style sheet by its hash. */
const policy = (style: string | undefined): string =>
  `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'${
    style === undefined ? "" : `; style-src '${style}'`
  }`

/** What does not depend on the route, name and value in turn. */
export const safetyHeaders = (options: {
  readonly sandboxed: ReadonlyArray<string>
  readonly style?: string | undefined
}): ReadonlyArray<string> => [
  "X-Content-Type-Options",
  "nosniff",
  "Content-Security-Policy",
  policy(options.style),
  "Referrer-Policy",
  "no-referrer",
  "Cross-Origin-Resource-Policy",
  "same-origin",
  ...options.sandboxed.length === 0 ? [] : ["Purser-Sandbox", options.sandboxed.join(", ")]
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
