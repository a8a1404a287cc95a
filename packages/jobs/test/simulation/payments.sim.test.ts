/** Simulates months of payments, seed by seed, on every chain that obeys at once and with the books in every place. */
import { assert, describe, it } from "@effect/vitest"
import type { MoneroRail } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import type { Chain } from "../chain/Chain.ts"
import { layer as chainMemory } from "../chain/chainMemory.ts"
import { chainSandbox } from "../chain/chainSandbox.ts"
import { places, type StoreServices } from "../stories/stores.ts"
import { scryptQuick, useCases } from "../stories/world.ts"
import { layer as faults } from "./faults.ts"
import { simulate } from "./simulate.ts"

interface Course {
  readonly seeds: number
  readonly steps: number
  readonly chain: Layer.Layer<Chain | MoneroRail>
  readonly stores: () => Layer.Layer<StoreServices>
}

const courses: Readonly<Record<string, Course>> = {
  "a model, the books in memory": { seeds: 20, steps: 400, chain: chainMemory, stores: places.memory },
  "a model, the books on SQLite": { seeds: 3, steps: 200, chain: chainMemory, stores: places.sqlite },
  "a model, the books on PostgreSQL": { seeds: 3, steps: 200, chain: chainMemory, stores: places.postgres },
  "the sandbox, the books on SQLite": { seeds: 1, steps: 150, chain: chainSandbox, stores: places.sqlite }
}

const worldOf = ({ chain, stores }: Course) =>
  useCases.pipe(
    Layer.provideMerge(faults),
    Layer.provideMerge(Layer.fresh(Layer.mergeAll(chain, stores(), scryptQuick)))
  )

describe("TK-6 TK-7 TK-9 LG-16 simulated payments", () => {
  describe.each(Object.entries(courses))("on %s", (_title, course) => {
    it.live.each(Array.from({ length: course.seeds }, (_, index) => index + 1))(
      "come out as predicted, seed %i",
      (seed) =>
        Effect.gen(function*() {
          const tokens = yield* Random.withSeed(simulate(course.steps), `tickets ${seed}`)
          assert.isAtLeast(tokens, 1)
        }).pipe(Effect.provide(worldOf(course)))
    )
  })
})
