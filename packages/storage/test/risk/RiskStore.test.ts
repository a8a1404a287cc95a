import { assert, describe, type Vitest } from "@effect/vitest"
import { layerMemory as payoutsMemory } from "@purser/domain/payouts/testing"
import { PlayerId } from "@purser/domain/rewards"
import { layerMemory as rewardsMemory } from "@purser/domain/rewards/testing"
import { PlayProfile, RiskStore, SpikeRules } from "@purser/domain/risk"
import { layerMemory, signalOf } from "@purser/domain/risk/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { known, riskSuite } from "./riskSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("keeps nothing of players who are not kept", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const playerId = PlayerId.make("nobody")
      const profile = new PlayProfile({ playerId, reading: null, baseline: SpikeRules.emptyBaseline })
      assert.strictEqual(yield* failureOf(risk.putProfiles([profile])), "Broken")
      assert.strictEqual(yield* failureOf(risk.raise([signalOf("nobody", { playerId })], 1)), "Broken")
    }))

  it.effect("fails on rows that fit nothing", () =>
    Effect.gen(function*() {
      const risk = yield* RiskStore
      const sql = yield* SqlClient
      const [playerId] = yield* known("misfit")
      const signal = signalOf("misfit", { playerId: playerId! })
      yield* risk.raise([signal], 1)
      yield* risk.putProfiles([
        new PlayProfile({ playerId: playerId!, reading: null, baseline: SpikeRules.emptyBaseline })
      ])
      yield* sql`UPDATE risk_signal SET signal = '{"kind":"NoSuchKind"}' WHERE player_id = 'misfit'`
      yield* sql`UPDATE play_profile SET baseline = 'no JSON' WHERE player_id = 'misfit'`
      assert.strictEqual(yield* failureOf(risk.byKey(signal.dedupeKey)), "Broken")
      assert.strictEqual(yield* failureOf(risk.cases([playerId!])), "Broken")
      assert.strictEqual(yield* failureOf(risk.profiles([playerId!])), "Broken")
      yield* risk.forget(playerId!)
    }))
}

describe("RW-15 RW-20 signs of abuse", () => {
  onEveryStore(
    layerMemory.pipe(Layer.provideMerge(rewardsMemory), Layer.provideMerge(payoutsMemory)),
    riskSuite,
    ofDatabases
  )
})
