/** Slows callers down who keep guessing: each refused redemption doubles how long they have to wait, and time heals it. */

/** From which score on a miss costs time, and how much. A miss adds 1; the score halves every `halfLifeMillis`. */
export interface MissSettings {
  /** Misses that cost nothing: a payer may look before the payment is seen. */
  readonly free: number
  readonly firstWaitMillis: number
  readonly longestWaitMillis: number
  readonly halfLifeMillis: number
}

/** A hundred misses are free: who waits for a payment asks many times before it is seen. Then 1 s, 2 s, 4 s … up to 5 minutes; half is forgotten every 10 minutes. */
export const missSettings: MissSettings = {
  free: 100,
  firstWaitMillis: 1_000,
  longestWaitMillis: 300_000,
  halfLifeMillis: 600_000
}

interface Record {
  readonly score: number
  readonly atMillis: number
  readonly waitUntilMillis: number
}

/** Most callers that are remembered; who missed longest ago is forgotten first. */
export const missersMaximum = 50_000

/** The misses of many callers. Time is given, never read. */
export class Misses {
  readonly #settings: MissSettings
  readonly #records = new Map<string, Record>()

  constructor(settings: MissSettings = missSettings) {
    this.#settings = settings
  }

  /** Milliseconds until `caller` may try again; 0 for now, and where the clock was set back behind the last miss. */
  waitMillis(caller: string, nowMillis: number): number {
    const record = this.#records.get(caller)
    return record === undefined || nowMillis < record.atMillis ? 0 : Math.max(0, record.waitUntilMillis - nowMillis)
  }

  /** Counts one miss. */
  add(caller: string, nowMillis: number): void {
    const { firstWaitMillis, free, halfLifeMillis, longestWaitMillis } = this.#settings
    const before = this.#records.get(caller)
    const elapsedMillis = before === undefined ? 0 : Math.max(0, nowMillis - before.atMillis)
    const score = (before?.score ?? 0) * 2 ** (-elapsedMillis / halfLifeMillis) + 1
    const over = score - free
    const waitMillis = over <= 0 ? 0 : Math.min(longestWaitMillis, firstWaitMillis * 2 ** Math.max(0, over - 1))
    this.#records.delete(caller)
    this.#records.set(caller, { score, atMillis: nowMillis, waitUntilMillis: nowMillis + waitMillis })
    if (this.#records.size > missersMaximum) this.#forgetOldest()
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.#records.size
  }

  #forgetOldest(): void {
    for (const caller of this.#records.keys()) {
      this.#records.delete(caller)
      return
    }
  }
}
