import { assert, describe, type Vitest } from "@effect/vitest"
import { PaymentStore } from "@purser/domain/payments"
import { layerMemory } from "@purser/domain/payments/testing"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { payment, paymentSuite } from "./paymentSuite.ts"

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("refuses amounts that no payment can have, and saves nothing beside them", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      for (const amountMinor of [2n ** 63n, 0n, -1n]) {
        const both = [payment("beside"), payment("bounds", { amountMinor })]
        assert.strictEqual(yield* failureOf(payments.save(both)), "Broken")
      }
      assert.deepStrictEqual(yield* payments.byKeys("monero", [payment("beside").key]), [])
    }))

  it.effect("fails on a row that fits no payment", () =>
    Effect.gen(function*() {
      const payments = yield* PaymentStore
      const misfit = payment("misfit")
      for (const change of ["asset = 'no asset'", "unlock_time = 'never'"]) {
        yield* payments.save([misfit])
        yield* SqlClient.use((sql) => sql.unsafe(`UPDATE payment SET ${change} WHERE payment_key = 'misfit'`))
        assert.strictEqual(yield* failureOf(payments.byKeys("monero", [misfit.key])), "Broken")
      }
    }))
}

describe("TK-6 TK-7 TK-8 payments", () => {
  onEveryStore(layerMemory, paymentSuite, ofDatabases)
})
