import { assert, describe, it } from "@effect/vitest"
import { historyOf, play, snapshot } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import { stores } from "./stores.ts"

const [[, memory], ...others] = stores as [typeof stores[number], ...typeof stores]

const seeds = Array.from({ length: 4 }, (_, index) => `storage ${index}`)

const told = (seed: string) =>
  Effect.gen(function*() {
    const answers = yield* play(historyOf(seed, { steps: 150, refusals: true }))
    return { answers, holds: yield* snapshot }
  })

describe.each(others)("LG-5 LG-13 histories on %s", (_, layer) => {
  it.live.each(seeds)("end as on the reference model, seed %s", (seed) =>
    Effect.gen(function*() {
      const expected = yield* Effect.provide(told(seed), memory, { local: true })
      const actual = yield* Effect.provide(told(seed), layer, { local: true })
      assert.deepStrictEqual(actual.answers, expected.answers)
      assert.deepStrictEqual(actual.holds, expected.holds)
      assert.deepStrictEqual(actual.holds.verification.discrepancies, [])
    }))
})
