import { assert, describe, type Vitest } from "@effect/vitest"
import { BlockStore } from "@purser/domain/payouts"
import { layerMemory, receiveOf } from "@purser/domain/payouts/testing"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { blockSuite } from "./blockSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("refuses what no block can be", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      const misfits = [
        receiveOf("misfit", { account: "misfits", kind: "send" }),
        receiveOf("misfit", { account: "misfits", source: null }),
        receiveOf("misfit", { account: "misfits", amountMinor: 2n ** 63n })
      ]
      for (const misfit of misfits) assert.strictEqual(yield* failureOf(blocks.add(misfit)), "Broken")
    }))

  it.effect("fails on a row that fits no block", () =>
    Effect.gen(function*() {
      const blocks = yield* BlockStore
      yield* blocks.add(receiveOf("odd_row", { account: "odd" }))
      yield* SqlClient.use((sql) => sql`UPDATE operator_block SET balance_raw = 'none' WHERE account = 'odd'`)
      assert.strictEqual(yield* failureOf(blocks.newest("odd")), "Broken")
    }))
}

describe("RW-8 RW-9 blocks of the operator", () => {
  onEveryStore(layerMemory, blockSuite, ofDatabases)
})
