import { assert, describe, it } from "@effect/vitest"
import { LedgerStore } from "@purser/domain/ledger"
import { historyOf, play } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Layer from "effect/Layer"
import { booked, openedAsks } from "./asks.ts"
import { databases } from "./stores.ts"

const perBatch = 500
const batches = 5

describe.each(Object.entries(databases))("LG-2 audits of the ledger on %s", (_, world) => {
  const onNew = <A, E>(effect: Effect.Effect<A, E, Layer.Success<typeof databases.sqlite>>) =>
    Effect.provide(effect, world as Layer.Layer<Layer.Success<typeof databases.sqlite>>, { local: true })

  it.live("let others post meanwhile, and see one state", () =>
    onNew(Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("audit")
      for (let batch = 0; batch < batches; batch++) {
        yield* booked(...Array.from({ length: perBatch }, (_, index) => asks.post(`${batch} ${index}`)))
      }
      const audit = yield* Effect.forkChild(store.verify)
      let meanwhile = 0n
      while (audit.pollUnsafe() === undefined) {
        yield* booked(asks.post(`meanwhile ${meanwhile}`))
        meanwhile += 1n
      }
      const { discrepancies, transfers } = yield* Fiber.join(audit)
      assert.deepStrictEqual(discrepancies, [])
      assert.isAtLeast(Number(transfers), perBatch * batches)
      assert.isAbove(Number(meanwhile), 1, "posting waited for the end of the audit")
      const after = yield* store.verify
      assert.deepStrictEqual(after, {
        accounts: 2n,
        transfers: BigInt(perBatch * batches) + meanwhile,
        discrepancies: []
      })
    })))

  it.live("find nothing in a history with holds in every state", () =>
    onNew(Effect.gen(function*() {
      yield* play(historyOf("audit", { steps: 150 }))
      assert.deepStrictEqual((yield* LedgerStore.use((store) => store.verify)).discrepancies, [])
    })))
})
