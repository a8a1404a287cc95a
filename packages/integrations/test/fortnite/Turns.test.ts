/** Takes turns in simulated time, and counts what every window holds. */
import { assert, describe, it } from "@effect/vitest"
import { providerWindows } from "@purser/integrations/fortnite"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { earliestMillis } from "../../src/fortnite/AskingLimits.ts"
import { makeTurns } from "../../src/fortnite/Turns.ts"

/** Pairs of departures that are too close for some window. */
const tooClose = (departures: ReadonlyArray<number>): number =>
  providerWindows.flatMap(({ millis, most }) =>
    departures.filter((at, index) => index >= most && at - departures[index - most]! < millis)
  ).length

describe("RW-13 turns to ask", () => {
  it.effect("keep 10,000 questions within both windows at every instant", () =>
    Effect.gen(function*() {
      const turns = yield* makeTurns(providerWindows)
      const departures: Array<number> = []
      const one = Effect.andThen(
        turns.take,
        Effect.map(Clock.currentTimeMillis, (now) => void departures.push(now))
      )
      const all = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 10_000 }), () => one, { concurrency: 8, discard: true })
      )
      yield* TestClock.adjust("56 minutes")
      yield* Fiber.join(all)
      assert.strictEqual(departures.length, 10_000)
      assert.strictEqual(tooClose(departures), 0)
      assert.isAtLeast(departures.at(-1)!, 55 * 60_000)
    }))

  it.effect("keep to the longer window where the shorter one allows more", () =>
    Effect.gen(function*() {
      const turns = yield* makeTurns([{ most: 5, millis: 1000 }, { most: 180, millis: 60_000 }])
      let taken = 0
      const one = Effect.andThen(turns.take, Effect.sync(() => void taken++))
      yield* Effect.forkChild(Effect.forEach(Array.from({ length: 300 }), () => one, { discard: true }))
      yield* TestClock.adjust(59_999)
      assert.strictEqual(taken, 180)
      yield* TestClock.adjust(1)
      assert.strictEqual(taken, 185)
    }))

  it.effect("end for those who wait when the asking stops", () =>
    Effect.gen(function*() {
      const turns = yield* makeTurns([{ most: 1, millis: 1000 }])
      yield* turns.take
      const waiting = yield* Effect.forkChild(Effect.flip(turns.take))
      yield* TestClock.adjust(500)
      yield* turns.stopUntil(5000)
      yield* TestClock.adjust(500)
      assert.strictEqual((yield* Fiber.join(waiting)).untilMillis, 5000)
    }))

  it("wait no longer than a window after the clock was set back", () => {
    assert.strictEqual(earliestMillis([{ most: 1, millis: 1000 }], [9_000_000], 5000), 6000)
  })
})
