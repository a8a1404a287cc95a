import { assert, describe, it } from "@effect/vitest"
import { shrink } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, step) => step)

const shrunk = (needed: ReadonlyArray<number>, count: number, maximumRuns = 500) => {
  let runs = 0
  return Effect.map(
    shrink(upTo(count), maximumRuns, (steps) =>
      Effect.sync(() => {
        runs += 1
        return needed.every((step) => steps.includes(step))
      })),
    (steps) => ({ steps, runs })
  )
}

describe("LG-16 a course that fails", () => {
  it.effect.each([[[0]], [[99]], [[3, 57]], [[0, 1, 2, 98, 99]], [[]]])(
    "is shortened to the steps that matter: %j",
    ([needed = []]) =>
      Effect.gen(function*() {
        assert.deepStrictEqual((yield* shrunk(needed, 100)).steps, needed.length === 0 ? [] : needed)
      })
  )

  it.effect("is left as it is when every step matters", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* shrunk(upTo(9), 9)).steps, upTo(9))
    }))

  it.effect("is tried only so often", () =>
    Effect.gen(function*() {
      const { runs, steps } = yield* shrunk([7], 1000, 5)
      assert.isAtMost(runs, 5)
      assert.include(steps, 7)
    }))
})
