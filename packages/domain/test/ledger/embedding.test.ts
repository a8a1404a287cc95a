import { assert, describe, it } from "@effect/vitest"
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  Ledger,
  LedgerStore,
  PostTransfer,
  ReasonCode
} from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const layer = Ledger.layer.pipe(Layer.provideMerge(layerMemory), Layer.provide(MemoryState.layer))
const [cash, sales] = [AccountCode.make("cash"), AccountCode.make("sales")]
const [asset, reason] = [Asset.EUR.code, ReasonCode.make("sale")]

describe("LG-13 embedding", () => {
  it.effect("posts in memory in five lines", () =>
    Effect.gen(function*() {
      const ledger = yield* Ledger
      yield* ledger.open(new AccountRequest({ code: cash, asset, normalSide: "debit", balanceRule: "none" }))
      yield* ledger.open(new AccountRequest({ code: sales, asset, normalSide: "credit", balanceRule: "none" }))
      const id = deriveTransferId("order", "1")
      yield* ledger.post(new PostTransfer({ id, debit: cash, credit: sales, asset, amountMinor: 1250n, reason }))

      const verification = yield* LedgerStore.use((store) => store.verify)
      assert.deepStrictEqual(verification, { accounts: 2n, transfers: 1n, discrepancies: [] })
    }).pipe(Effect.provide(layer)))

  it.effect("fills in what a request leaves out", () =>
    Effect.gen(function*() {
      const id = deriveTransferId("order", "1")
      const request = new PostTransfer({ id, debit: cash, credit: sales, asset, amountMinor: 1n, reason })
      const empty = { reference: null, idempotencyKey: null, effectiveAtMillis: null, metadata: {}, reverses: null }
      assert.deepStrictEqual(request, new PostTransfer({ ...request, ...empty }))
    }))
})
