/** Reads from a refusal when to ask again. */
import type { Reply } from "../http/exchange.ts"

const longest = 3_600_000
const unsaid = 60_000

/** Seconds or milliseconds of the epoch, or a date as text; undefined for anything else. */
const instantOf = (text: string): number | undefined => {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) < 1e11 ? Number(text) * 1000 : Number(text)
  const millis = Date.parse(text)
  return Number.isNaN(millis) ? undefined : millis
}

const afterOf = (text: string, nowMillis: number): number | undefined =>
  /^\d+$/u.test(text) ? nowMillis + Number(text) * 1000 : instantOf(text)

/**
 * The later of `x-ratelimit-reset` and `retry-after`; a minute from now where neither says anything. Never less than a second nor more than an
 * hour from now, so that a header gone wrong does not stop the asking for good.
 */
export const resumeMillis = ({ headers }: Pick<Reply, "headers">, nowMillis: number): number => {
  const [reset = ""] = headers["x-ratelimit-reset"] ?? []
  const [retryAfter = ""] = headers["retry-after"] ?? []
  const said = [instantOf(reset.trim()), afterOf(retryAfter.trim(), nowMillis)].filter((at) => at !== undefined)
  const at = said.length === 0 ? nowMillis + unsaid : Math.max(...said)
  return Math.min(Math.max(at, nowMillis + 1000), nowMillis + longest)
}
