/** Tells when a player is read again. */
import { assert, describe, it } from "@effect/vitest"
import { ReadingRules } from "@purser/domain/rewards"

const minute = 60_000

/** Of a player who has just killed, at the beginning of time. */
const at = (spread: number): number => ReadingRules.nextReadMillis({ nowMillis: 0, lastGainMillis: 0, spread })

describe("RW-13 the next reading", () => {
  it.each([
    [0, 10],
    [60, 10],
    [120, 20],
    [2160, 360],
    [100_000, 360]
  ])("of a player who is quiet for %d minutes comes after %d", (quiet, pause) => {
    const nowMillis = 200_000 * minute
    const next = ReadingRules.nextReadMillis({ nowMillis, lastGainMillis: nowMillis - quiet * minute, spread: 0.5 })
    assert.strictEqual(next, nowMillis + pause * minute)
  })

  it("keeps players apart by a tenth to either side", () => {
    assert.strictEqual(at(0), 9 * minute)
    assert.isBelow(at(0.999), 11 * minute)
  })

  it("takes a gain of the future for one of now", () => {
    assert.strictEqual(ReadingRules.nextReadMillis({ nowMillis: 0, lastGainMillis: 5, spread: 0.5 }), 10 * minute)
  })
})
