/** Simulates months of payments on the chain model and stores in memory, seed by seed. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { layer as chainMemory } from "../chain/chainMemory.ts"
import { fencingMemory } from "../engine/fencingMemory.ts"
import { storesMemory } from "../stories/storesMemory.ts"
import { scryptQuick, useCases } from "../stories/world.ts"
import { layer as faultyRail } from "./faultyRail.ts"
import { simulate } from "./simulate.ts"

const world = () =>
  useCases.pipe(
    Layer.provideMerge(faultyRail),
    Layer.provideMerge(Layer.fresh(Layer.mergeAll(chainMemory, storesMemory, fencingMemory(), scryptQuick)))
  )

describe("TK-6 TK-7 TK-9 LG-16 simulated payments", () => {
  it.live.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    "comes out as predicted, seed %i",
    (seed) =>
      Effect.gen(function*() {
        const tokens = yield* Random.withSeed(simulate(400), `tickets ${seed}`)
        assert.isAtLeast(tokens, 1)
      }).pipe(Effect.provide(world()))
  )
})
