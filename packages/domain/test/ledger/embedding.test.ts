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
const open = {
  asset: Asset.EUR.code,
  normalSide: "credit",
  balanceRule: "none",
  overdraftMinor: 0n,
  metadata: {}
} as const
const [cash, sales] = [AccountCode.make("cash"), AccountCode.make("sales")]
const sale = {
  reason: ReasonCode.make("sale"),
  reference: null,
  idempotencyKey: null,
  effectiveAtMillis: null,
  metadata: {},
  asset: Asset.EUR.code,
  reverses: null
}

describe("LG-13 embedding", () => {
  it.effect("posts in memory in five lines", () =>
    Effect.gen(function*() {
      const ledger = yield* Ledger
      yield* ledger.open(new AccountRequest({ ...open, code: cash }))
      yield* ledger.open(new AccountRequest({ ...open, code: sales }))
      const id = deriveTransferId("order", "1")
      yield* ledger.post(new PostTransfer({ ...sale, id, debit: cash, credit: sales, amountMinor: 1250n }))

      const verification = yield* LedgerStore.use((store) => store.verify)
      assert.deepStrictEqual(verification, { accounts: 2n, transfers: 1n, discrepancies: [] })
    }).pipe(Effect.provide(layer)))
})
