import { assert, describe, type Vitest } from "@effect/vitest"
import { PlayerStore } from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { memory } from "./memory.ts"
import { playerSuite, putOne } from "./playerSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("refuses players who are erased by half", () =>
    Effect.gen(function*() {
      for (const fields of [{ discordId: null }, { erasedAtMillis: 1 }, { discordId: null, erasedAtMillis: 1 }]) {
        assert.strictEqual(yield* failureOf(putOne(playerOf("half", fields))), "Broken")
      }
    }))

  it.effect("fails on a row that fits no player", () =>
    Effect.gen(function*() {
      const { id } = yield* putOne(playerOf("misfit"))
      yield* SqlClient.use((sql) => sql`UPDATE player SET region = '?' WHERE id = ${id}`)
      assert.strictEqual(yield* failureOf(PlayerStore.use(({ byIds }) => byIds([id]))), "Broken")
    }))
}

describe("RW-2 RW-3 players", () => {
  onEveryStore(memory, playerSuite, ofDatabases)
})
