/** Tabulates the waits after failures. */
import { assert, describe, it } from "@effect/vitest"
import { sleepAfter, waitMillis } from "@purser/jobs/engine"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"

const backOff = { baseMillis: 250, maximumMillis: 30_000 }

describe("TK-5 back-off with jitter", () => {
  it.each([[0, 250], [1, 250], [2, 500], [3, 1000], [7, 16_000], [8, 30_000], [1_000_000, 30_000]])(
    "waits after %i failures",
    (failures, expected) => assert.strictEqual(waitMillis(failures, backOff), expected)
  )

  it.effect("stays within a fifth", () =>
    Effect.gen(function*() {
      for (let seed = 0; seed < 50; seed++) {
        const fiber = yield* Effect.forkChild(Random.withSeed(sleepAfter(2, backOff), seed))
        yield* TestClock.adjust(399)
        assert.isUndefined(fiber.pollUnsafe())
        yield* TestClock.adjust(202)
        yield* Fiber.join(fiber)
      }
    }))

  it.effect("differs from process to process", () =>
    Effect.gen(function*() {
      const early = yield* Effect.forEach(Array.from({ length: 20 }, (_, seed) => seed), (seed) =>
        Effect.gen(function*() {
          const fiber = yield* Effect.forkChild(Random.withSeed(sleepAfter(2, backOff), seed))
          yield* TestClock.adjust(500)
          const isOver = fiber.pollUnsafe() !== undefined
          yield* TestClock.adjust(200)
          return isOver
        }))
      assert.includeMembers(early, [true, false])
    }))
})
