/** Writes the headers that every answer carries. */
import type { Rules } from "@purser/contract"
import type { Quota } from "../limits/Quotas.ts"
import { styleHash } from "../reference/style.ts"
import type { Exchange } from "../server/Exchange.ts"

/** Forbids a browser whatever an answer does not need. A page may use one style sheet, told by its hash. */
const policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const documentPolicy = `${policy}; style-src '${styleHash}'`

/** A page's own requests must tell where they come from, or its forms would be refused: hence `same-origin`. */
const referrers: Readonly<Record<Rules["holds"], string | undefined>> = {
  secret: undefined,
  state: undefined,
  page: "same-origin",
  document: "no-referrer",
  asset: "no-referrer"
}

const isolation = ["Cross-Origin-Resource-Policy", "same-origin"]

/** What the answers of a door have in common. `pagePolicy` is what its pages need to show. */
export interface Safety {
  readonly sandboxed: ReadonlyArray<string>
  readonly pagePolicy?: string | undefined
}

/** What does not depend on the request, name and value in turn. */
export const safetyHeaders = (holds: Rules["holds"], safety: Safety): ReadonlyArray<string> => {
  const policies = {
    document: documentPolicy,
    page: safety.pagePolicy ?? policy,
    secret: policy,
    state: policy,
    asset: policy
  }
  const referrer = referrers[holds]
  return [
    "X-Content-Type-Options",
    "nosniff",
    "Content-Security-Policy",
    policies[holds],
    ...referrer === undefined ? [] : ["Referrer-Policy", referrer, ...isolation],
    ...safety.sandboxed.length === 0 ? [] : ["Purser-Sandbox", safety.sandboxed.join(", ")]
  ]
}

const documentSeconds = 300
const assetSeconds = 31_536_000

/** What depends on the route's rules only. */
export const ruleHeaders = (rules: Pick<Rules, "holds" | "limit">, quota: Quota): ReadonlyArray<string> => [
  "RateLimit-Policy",
  `"${rules.limit}";q=${quota.requests};w=${quota.windowSeconds}`
]

/** Whether an answer may be kept: documents for minutes, assets for ever, everything else and every refusal never. */
export const cacheControl = (holds: Rules["holds"], status: number): string => {
  if (status !== 200) return "no-store"
  if (holds === "asset") return `public, max-age=${assetSeconds}, immutable`
  return holds === "document" ? `public, max-age=${documentSeconds}` : "no-store"
}

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
