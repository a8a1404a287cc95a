/** Decides whether a request is looked at: quota of the caller, misses, key, quota of the principal, type of the body. */
import type { Rules } from "@purser/contract"
import type { Limits } from "../limits/Limits.ts"
import type { Exchange } from "../server/Exchange.ts"
import { type Refused, refused } from "../server/Reply.ts"
import type { InternalKeyCheck } from "./InternalKeyCheck.ts"
import { announces } from "./mediaType.ts"

/** What admission looks into. */
export interface Admission {
  readonly limits: Limits
  readonly key: InternalKeyCheck
}

/** Who shows no key, or a wrong one, where one is needed. */
export const unauthorized = refused("unauthorized", { headers: ["WWW-Authenticate", "Bearer realm=\"purser\""] })
const unsupported = refused("unsupported_media_type")
const millisPerSecond = 1_000

/** Takes one request from the quota of the exchange's principal; a refusal where nothing is left. */
export const underQuota = (exchange: Exchange, rules: Rules, limits: Limits): Refused | undefined => {
  const taken = limits.quotas[rules.limit].take(exchange.principal, exchange.nowMillis)
  exchange.quota = { limit: rules.limit, taken }
  return taken.isAllowed
    ? undefined
    : refused("rate_limited", { retryAfterMillis: taken.retrySeconds * millisPerSecond })
}

/** A refusal, or undefined for a request that may go on. Settles `principal` and `quota` of the exchange. */
export const admit = (
  exchange: Exchange,
  rules: Rules,
  { key, limits }: Admission
): Refused | undefined => {
  const limited = underQuota(exchange, rules, limits)
  if (limited !== undefined) return limited
  if (rules.misses.length > 0) {
    const waitMillis = limits.misses.waitMillis(exchange.caller, exchange.nowMillis)
    if (waitMillis > 0) return refused("too_many_misses", { retryAfterMillis: waitMillis })
  }
  if (rules.credential === "internal_key") {
    if (!key.isIn(exchange.request.headers.authorization)) return unauthorized
    exchange.principal = key.principal
    const limited = underQuota(exchange, rules, limits)
    if (limited !== undefined) return limited
  }
  return rules.body !== "none" && !announces(rules.body, exchange.request.headers) ? unsupported : undefined
}
