/** Plans polls for a day of 10,000 players, and reads when a refusal lets us go on. */
import { assert, describe, it } from "@effect/vitest"
import { ReadingRules } from "@purser/domain/rewards"
import { resumeMillis } from "../../src/fortnite/resumeMillis.ts"

const minute = 60_000
const hour = 60 * minute

/** From 0 to below 1, the same in every run; numbers in a row have nothing to do with each other, as drawn ones. */
const fraction = (one: number, other: number): number => {
  const seeded = Math.imul(one + 1, 0x9E_37_79_B1) ^ Math.imul(other + 1, 0x85_EB_CA_6B)
  const mixed = Math.imul(seeded ^ (seeded >>> 16), 0x85_EB_CA_6B)
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xC2_B2_AE_35)
  return ((again ^ (again >>> 16)) >>> 0) / 2 ** 32
}

/** Of ten players one plays two hours a day, two do so every third day, the others have gone. */
const lastGainOf = (player: number, { nowMillis, startsWithin }: Record<"nowMillis" | "startsWithin", number>) => {
  if (player % 10 > 2) return -1000 * hour
  const every = (player % 10 === 0 ? 24 : 72) * hour
  const start = Math.floor(fraction(player, -5) * every * startsWithin)
  const into = (((nowMillis - start) % every) + every) % every
  return nowMillis - Math.max(0, into - 2 * hour)
}

describe("RW-13 the plan of polling", () => {
  it.each<readonly [when: string, startsWithin: number]>([
    ["at all hours", 1],
    ["all in the same evening", 1 / 6]
  ])("fits 10,000 players into 180 a minute, in every minute of two days, who play %s", (_, startsWithin) => {
    const perMinute = Array.from({ length: 48 * 60 }, () => 0)
    for (let player = 0; player < 10_000; player++) {
      let at = Math.floor(fraction(player, -9) * 6 * hour)
      for (let poll = 0; at < 48 * hour; poll++) {
        perMinute[Math.floor(at / minute)]! += 1
        const lastGainMillis = lastGainOf(player, { nowMillis: at, startsWithin })
        at = ReadingRules.nextReadMillis({ nowMillis: at, lastGainMillis, spread: fraction(player, poll) })
      }
    }
    assert.isBelow(Math.max(...perMinute), 180)
    assert.isAbove(Math.min(...perMinute), 0)
  })
})

describe("RW-13 a refusal for too many questions", () => {
  const now = 1_800_000_000_000
  it.each<readonly [reset: string | undefined, retryAfter: string | undefined, waitMillis: number]>([
    [new Date(now + 30_000).toISOString(), undefined, 30_000],
    ["1800000030", undefined, 30_000],
    ["1800000030000", undefined, 30_000],
    [undefined, "20", 20_000],
    [undefined, new Date(now + 20_000).toUTCString(), 20_000],
    ["1800000030", "20", 30_000],
    [undefined, undefined, 60_000],
    ["soon", "", 60_000],
    ["1700000000", undefined, 1000],
    ["9999-01-01T00:00:00Z", undefined, 3_600_000]
  ])("with reset %s and retry-after %s waits %i ms", (reset, retryAfter, waitMillis) => {
    const headers = {
      ...reset === undefined ? {} : { "x-ratelimit-reset": [reset] },
      ...retryAfter === undefined ? {} : { "retry-after": [retryAfter] }
    }
    assert.strictEqual(resumeMillis({ headers }, now), now + waitMillis)
  })
})
