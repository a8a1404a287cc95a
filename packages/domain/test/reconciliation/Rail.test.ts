import { assert, describe, it } from "@effect/vitest"
import { AccountCode, AccountRequest, deriveTransferId, Ledger, PostTransfer } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { differenceMinor, imbalanceMinor, lookOf, Rail, reportAfter } from "@purser/domain/reconciliation"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const world = Ledger.layer.pipe(Layer.provideMerge(layerMemory), Layer.provideMerge(MemoryState.layer))
const codes = [AccountCode.make("rail:hot"), AccountCode.make("rail:cold")] as const

const rail = (figureMinor: bigint) =>
  Rail.ofBalance({ name: "rail", asset: "EUR", accounts: codes, figureMinor: Effect.succeed(figureMinor) })

const spread = Effect.gen(function*() {
  const ledger = yield* Ledger
  for (const code of codes) {
    yield* ledger.open(AccountRequest.from({ code, asset: "EUR", normalSide: "debit", balanceRule: "none" }))
  }
  yield* ledger.open(AccountRequest.from({ code: "owed", asset: "EUR", normalSide: "credit", balanceRule: "none" }))
  for (const [index, debit] of codes.entries()) {
    yield* ledger.post(PostTransfer.from({
      id: deriveTransferId("rail", debit),
      debit,
      credit: "owed",
      asset: "EUR",
      amountMinor: [700n, 50n][index]!,
      reason: "rail.in"
    }))
  }
})

describe("LG-12 a rail of one figure", () => {
  it.effect("agrees with the accounts that hold it together", () =>
    Effect.gen(function*() {
      yield* spread
      assert.deepStrictEqual(yield* rail(750n).compare, [])
    }).pipe(Effect.provide(world)))

  it.effect("shows a row where it does not", () =>
    Effect.gen(function*() {
      yield* spread
      const rows = yield* rail(800n).compare
      assert.deepStrictEqual(rows, [{ what: "account:rail:hot+rail:cold", expectedMinor: 800n, actualMinor: 750n }])
      assert.strictEqual(differenceMinor(rows[0]!), -50n)
    }).pipe(Effect.provide(world)))

  it.effect("holds nothing in accounts that are not open", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* rail(0n).compare, [])
      assert.lengthOf(yield* rail(1n).compare, 1)
    }).pipe(Effect.provide(world)))
})

const at = { rail: "rail", asset: "EUR", atMillis: 5 }

describe("LG-12 reports", () => {
  it("tell how far the books are off by the largest row", () => {
    const rows = [["a", 5n, 3n], ["b", 0n, 9n], ["c", 20n, 15n]] as const
    const look = lookOf(at, rows.map(([what, expectedMinor, actualMinor]) => ({ what, expectedMinor, actualMinor })))
    assert.strictEqual(imbalanceMinor(look), 9n)
    assert.strictEqual(imbalanceMinor(lookOf(at, [])), 0n)
    assert.strictEqual(imbalanceMinor(lookOf(at, [{ what: "d", expectedMinor: 7n, actualMinor: 0n }])), 7n)
  })

  it("keep the time of the last sound look", () => {
    const sound = reportAfter(undefined, lookOf(at, []))
    assert.strictEqual(sound.soundAtMillis, 5)
    const rows = [{ what: "a", expectedMinor: 1n, actualMinor: 0n }]
    assert.strictEqual(reportAfter(sound, lookOf({ ...at, atMillis: 9 }, rows)).soundAtMillis, 5)
    assert.isNull(reportAfter(undefined, lookOf(at, rows)).soundAtMillis)
  })

  it("see debits that are not equal to credits", () => {
    const trial = { asset: "EUR", debitsPostedMinor: 5n, creditsPostedMinor: 5n, debitsPendingMinor: 2n }
    assert.deepStrictEqual(Rail.trialDifferences({ ...trial, creditsPendingMinor: 2n }), [])
    assert.deepStrictEqual(Rail.trialDifferences({ ...trial, creditsPendingMinor: 3n }), [
      { what: "pending", expectedMinor: 2n, actualMinor: 3n }
    ])
  })
})
