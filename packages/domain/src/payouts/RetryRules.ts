/** Decides how long to wait between attempts: exponential backoff with full jitter under a ceiling. */

/** How often and how slowly to try again. */
export interface RetryPolicy {
  /** Bound of the first wait, in milliseconds, at least 1. */
  readonly baseMillis: number
  /** No wait is longer, in milliseconds. */
  readonly ceilingMillis: number
  /** So many attempts before anything was signed, then the payout has failed; at least 1. */
  readonly mostAttempts: number
}

/** 5 s, doubled to at most an hour, 8 attempts. */
export const standard: RetryPolicy = { baseMillis: 5_000, ceilingMillis: 3_600_000, mostAttempts: 8 }

/** Milliseconds to wait after so many attempts (from 1): `chance`, 0 to 1, of the bound, rounded down. */
export const waitMillis = (policy: RetryPolicy, attempts: number, chance: number): number => {
  const bound = Math.min(policy.ceilingMillis, policy.baseMillis * 2 ** Math.max(0, attempts - 1))
  return Math.floor(bound * Math.min(1, Math.max(0, chance)))
}

/** Whether no further attempt is made. Asked only while nothing is signed: a block that may land is never given up. */
export const isExhausted = (policy: RetryPolicy, attempts: number): boolean => attempts >= policy.mostAttempts
