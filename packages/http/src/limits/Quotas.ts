/** Counts requests by caller against a quota: a bucket that refills evenly, kept for the callers seen last. */

/** At most `requests` at once; they come back evenly over `windowSeconds`. */
export interface Quota {
  readonly requests: number
  readonly windowSeconds: number
}

/** What is left after a request. Seconds are whole and rounded up. */
export interface Taken {
  readonly isAllowed: boolean
  readonly remaining: number
  /** Until the whole quota is back. */
  readonly resetSeconds: number
  /** Until the next request is allowed; 0 while some are left. */
  readonly retrySeconds: number
}

interface Bucket {
  left: number
  atMillis: number
}

/** Most callers that are remembered for one quota; who was seen longest ago is forgotten, and starts afresh. */
export const callersMaximum = 50_000

/** One quota over many callers. Time is given, never read. */
export class Quotas {
  readonly quota: Quota
  readonly #buckets = new Map<string, Bucket>()
  readonly #perMilli: number

  constructor(quota: Quota) {
    this.quota = quota
    this.#perMilli = quota.requests / (quota.windowSeconds * 1_000)
  }

  /** Takes one request of `caller` at `nowMillis`. */
  take(caller: string, nowMillis: number): Taken {
    const bucket = this.#bucketOf(caller, nowMillis)
    const isAllowed = bucket.left >= 1
    if (isAllowed) bucket.left -= 1
    return {
      isAllowed,
      remaining: Math.floor(bucket.left),
      resetSeconds: this.#secondsUntil(this.quota.requests - bucket.left),
      retrySeconds: isAllowed ? 0 : Math.max(1, this.#secondsUntil(1 - bucket.left))
    }
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  #bucketOf(caller: string, nowMillis: number): Bucket {
    const known = this.#buckets.get(caller)
    const bucket = known ?? { left: this.quota.requests, atMillis: nowMillis }
    const elapsedMillis = Math.max(0, nowMillis - bucket.atMillis)
    bucket.left = Math.min(this.quota.requests, bucket.left + elapsedMillis * this.#perMilli)
    bucket.atMillis = nowMillis
    if (known !== undefined) this.#buckets.delete(caller)
    this.#buckets.set(caller, bucket)
    if (this.#buckets.size > callersMaximum) this.#forgetOldest()
    return bucket
  }

  #forgetOldest(): void {
    for (const caller of this.#buckets.keys()) {
      this.#buckets.delete(caller)
      return
    }
  }

  #secondsUntil(count: number): number {
    return Math.ceil(count / this.#perMilli / 1_000)
  }
}
