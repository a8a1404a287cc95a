import { assert, describe, it } from "@effect/vitest"
import {
  AccountCode,
  AccountRequest,
  deriveTransferId,
  HoldTransfer,
  Ledger,
  LedgerStore,
  PostTransfer,
  ReasonCode,
  SettleTransfer,
  VoidTransfer
} from "@purser/domain/ledger"
import { layerLedger } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"

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
    }).pipe(Effect.provide(layerLedger)))

  it.effect("fills in what a request leaves out", () =>
    Effect.gen(function*() {
      const id = deriveTransferId("order", "1")
      const request = new PostTransfer({ id, debit: cash, credit: sales, asset, amountMinor: 1n, reason })
      const empty = { reference: null, idempotencyKey: null, effectiveAtMillis: null, metadata: {}, reverses: null }
      assert.deepStrictEqual(request, new PostTransfer({ ...request, ...empty }))
    }))

  it("takes plain strings and checks them as the constructor does", () => {
    const id = deriveTransferId("order", "1")
    const moving = { id, asset, amountMinor: 1n, debit: cash, credit: sales, reason }
    const plain = { id: String(id), asset: "EUR", amountMinor: 1n, debit: "cash", credit: "sales", reason: "sale" }
    assert.deepStrictEqual(PostTransfer.from(plain), new PostTransfer(moving))
    assert.deepStrictEqual(HoldTransfer.from(plain), new HoldTransfer(moving))
    const ending = { id: String(id), reason: "sale", pendingId: String(id) }
    assert.deepStrictEqual(SettleTransfer.from(ending), new SettleTransfer({ id, reason, pendingId: id }))
    assert.deepStrictEqual(VoidTransfer.from(ending), new VoidTransfer({ id, reason, pendingId: id }))
    assert.throws(() => PostTransfer.from({ ...plain, debit: "not a code" }))
    assert.throws(() => VoidTransfer.from({ ...ending, pendingId: "1" }))
    assert.throws(() => AccountRequest.from({ code: "", asset: "EUR", normalSide: "debit", balanceRule: "none" }))
  })

  it.effect("reverses a transfer in full, once", () =>
    Effect.gen(function*() {
      const ledger = yield* Ledger
      yield* ledger.open(new AccountRequest({ code: cash, asset, normalSide: "debit", balanceRule: "none" }))
      yield* ledger.open(new AccountRequest({ code: sales, asset, normalSide: "credit", balanceRule: "none" }))
      const id = deriveTransferId("order", "1")
      const original = yield* ledger.post(
        new PostTransfer({ id, debit: cash, credit: sales, asset, amountMinor: 1250n, reason })
      )
      const undo = (cause: string) =>
        ledger.post(
          PostTransfer.reversing(original, {
            id: deriveTransferId(cause, "1"),
            reason: "sale.undone",
            reference: "note"
          })
        )
      const reversal = yield* undo("correction")
      assert.deepInclude(reversal, { debit: sales, credit: cash, amountMinor: 1250n, reverses: id, reference: "note" })
      assert.strictEqual((yield* Effect.flip(undo("again"))).message, `TransferAlreadyReversed (reverses): ${id}`)
    }).pipe(Effect.provide(layerLedger)))
})
