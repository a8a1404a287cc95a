import { assert, describe, type Vitest } from "@effect/vitest"
import { Accrual, EarningStore } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { earningFiguresSuite } from "./earningFiguresSuite.ts"
import { book, earningSuite, enroll, rowOf, settle } from "./earningSuite.ts"
import { memory } from "./memory.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("refuses amounts that are not kills times the rate", () =>
    Effect.gen(function*() {
      yield* enroll("crooked")
      const row = rowOf("crooked", 1, 3)
      for (const amountMinor of [row.amountMinor + 1n, 0n]) {
        const crooked = new Accrual({ ...row, amountMinor })
        assert.strictEqual(yield* failureOf(book([crooked])), "Broken")
      }
    }))

  it.effect("books nothing for who is not there, and puts nothing into a payout that is not", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      assert.strictEqual(yield* failureOf(book([rowOf("stranger", 1)])), "Broken")
      yield* enroll("local")
      yield* book([rowOf("local", 1)])
      const payout = yield* settle("local-1", [rowOf("local", 1)])
      yield* earnings.release(payout.id)
      const unheard = `${payout.id}-unheard` as typeof payout.id
      assert.strictEqual(yield* failureOf(earnings.assign(unheard, [rowOf("local", 1).id])), "Broken")
    }))

  it.effect("fails on a row that fits no accrual", () =>
    Effect.gen(function*() {
      const [playerId] = yield* enroll("misfit-row")
      yield* book([rowOf("misfit-row", 1)])
      yield* SqlClient.use((sql) => sql`UPDATE accrual SET epic_id = '' WHERE player_id = ${playerId!}`)
      assert.strictEqual(yield* failureOf(EarningStore.use(({ open }) => open([playerId!], false))), "Broken")
    }))
}

describe("RW-5 RW-6 RW-7 earnings", () => {
  onEveryStore(
    memory,
    (it) => {
      earningSuite(it)
      earningFiguresSuite(it)
    },
    ofDatabases
  )
})
