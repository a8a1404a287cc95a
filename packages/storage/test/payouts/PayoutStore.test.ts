import { assert, describe, type Vitest } from "@effect/vitest"
import { BlockReference, PayoutStore } from "@purser/domain/payouts"
import { layerMemory, payoutOf } from "@purser/domain/payouts/testing"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { payoutSuite } from "./payoutSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("refuses what no payout can be, and adds nothing beside it", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const misfits = [
        payoutOf("misfit", { amountMinor: 2n ** 63n }),
        payoutOf("misfit", { status: "signed" }),
        payoutOf("misfit", { attempts: -1 })
      ]
      for (const misfit of misfits) {
        assert.strictEqual(yield* failureOf(payouts.add([payoutOf("beside_misfit"), misfit])), "Broken")
      }
      assert.deepStrictEqual(yield* payouts.byIds([payoutOf("beside_misfit").id]), [])
    }))

  it.effect("fails on a row that fits no payout", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const { id } = payoutOf("odd_row")
      yield* payouts.add([payoutOf("odd_row")])
      for (const change of ["asset = 'no asset'", `block = '${"b".repeat(201)}'`]) {
        yield* SqlClient.use((sql) => sql.unsafe(`UPDATE payout SET ${change} WHERE id = 'odd_row'`))
        assert.strictEqual(yield* failureOf(payouts.byIds([id])), "Broken")
        yield* SqlClient.use((sql) => sql`UPDATE payout SET asset = 'BAN', block = NULL WHERE id = 'odd_row'`)
      }
    }))

  it.effect("signs for no payout what another was signed for", () =>
    Effect.gen(function*() {
      const payouts = yield* PayoutStore
      const signed = { status: "signed", block: BlockReference.make("one_for_two") } as const
      yield* payouts.add([payoutOf("one_of_two", signed)])
      assert.strictEqual(yield* failureOf(payouts.add([payoutOf("two_of_two", signed)])), "Contended")
    }))
}

describe("RW-7 RW-10 payouts", () => {
  onEveryStore(layerMemory, payoutSuite, ofDatabases)
})
