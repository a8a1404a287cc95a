/** Shows the signer an account that does not stand where it was left. */
import { assert, describe, it } from "@effect/vitest"
import { LedgerStore, PostTransfer } from "@purser/domain/ledger"
import { type BlockReference, PayoutSigner } from "@purser/domain/payouts"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { assertSound, booked, inOffice, raw, statusOf, tick, ticks } from "./office.ts"

const owed = { name: "one", player: "ann", amountMinor: 100n }

/** Books by hand what somebody took from the account by hand. */
const bookByHand = (hash: BlockReference, amountMinor: bigint) =>
  LedgerStore.use((ledger) =>
    ledger.post([[PostTransfer.from({
      id: "00000000-0000-4000-8000-000000000001",
      debit: "rewards:funding",
      credit: "banano:wallet",
      asset: "BAN",
      amountMinor,
      reason: "operator.withdrew",
      reference: hash
    })]])
  )

describe("RW-8 RW-9 where the account stands", () => {
  it.effect("books what it held before the first look, once", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.intrude(-raw(500n) - 999n)
        model.confirm()
        assert.deepStrictEqual(yield* ticks(2), ["Idle", "Idle"])
        assert.strictEqual(yield* booked("banano:wallet"), 500n)
        yield* owing.owe(owed)
        yield* ticks(1)
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* booked("banano:wallet"), 400n)
        yield* assertSound
      })
    ))

  it.effect("adds up what is less than a minor unit", () =>
    inOffice(({ model }) =>
      Effect.gen(function*() {
        for (let dust = 0; dust < 5; dust += 1) model.fund(450n)
        assert.deepStrictEqual(yield* ticks(6), ["Received", "Received", "Received", "Received", "Received", "Idle"])
        model.confirm()
        yield* tick
        assert.strictEqual(model.balanceRaw, 2250n)
        assert.strictEqual(yield* booked("banano:wallet"), 2n)
        yield* assertSound
      })
    ))

  it.effect("signs nothing above a block of somebody else until the books know it", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* tick
        model.confirm()
        yield* tick
        const hash = model.intrude(raw(300n))
        yield* owing.owe(owed)
        assert.deepStrictEqual((yield* tick).step, { _tag: "ForeignBlock", hash })
        assert.deepStrictEqual(yield* PayoutSigner.use(({ reconcile }) => reconcile), [
          { what: "account:banano:wallet", expectedMinor: 700n, actualMinor: 1000n },
          { what: `block:${hash}`, expectedMinor: 700n, actualMinor: 1000n }
        ])
        yield* bookByHand(hash, 300n)
        yield* assertSound
        assert.strictEqual((yield* tick).step._tag, "Signed")
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* booked("banano:wallet"), 600n)
        yield* assertSound
      })
    ))

  it.effect("takes no balance that its own block does not leave", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* tick
        yield* owing.owe(owed)
        model.liesRaw = -raw(400n)
        // The block would say 1000 - 400 - 100: on the real chain that sends 500.
        assert.strictEqual((yield* tick).step._tag, "Contradicted")
        model.liesRaw = 0n
        assert.strictEqual((yield* tick).step._tag, "Signed")
        assert.deepStrictEqual(model.sends.map(({ amountMinor }) => amountMinor), [100n])
      })
    ))

  it.effect("waits for a node that is behind", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(owed)
        yield* owing.owe({ ...owed, name: "two" })
        yield* ticks(2)
        model.behind = 1
        assert.deepStrictEqual(yield* ticks(2), ["UnderWay", "UnderWay"])
        model.behind = 2
        yield* TestClock.adjust("10 seconds")
        assert.deepStrictEqual(yield* ticks(2), ["UnderWay", "UnderWay"])
        model.behind = 0
        assert.deepStrictEqual(yield* ticks(1), ["Signed"])
        assert.deepStrictEqual(model.sends.map(({ amountMinor }) => amountMinor), [100n, 100n])
      })
    ))

  it.effect("gives no more than 100 blocks to a network that confirms none", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1_000_000n))
        for (let debt = 0; debt < 110; debt += 1) yield* owing.owe({ ...owed, name: `debt-${debt}` })
        const done = yield* ticks(105)
        assert.strictEqual(done.filter((step) => step === "Signed").length, 99)
        assert.strictEqual(done.at(-1), "UnderWay")
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { confirmed: 100, open: 0 })
        assert.deepStrictEqual(yield* ticks(2), ["Signed", "Signed"])
      })
    ))

  it.effect("says nothing of the books while the node has less than was confirmed", () =>
    inOffice(({ model }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* tick
        model.confirm()
        yield* tick
        model.behind = 1
        const failure = yield* Effect.flip(PayoutSigner.use(({ reconcile }) => reconcile))
        assert.strictEqual(failure._tag, "RailUnavailable")
      })
    ))

  it.effect("does nothing while the rail does not answer", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(owed)
        model.isUp = false
        for (let round = 0; round < 20; round += 1) {
          assert.strictEqual((yield* Effect.flip(tick))._tag, "RailUnavailable")
        }
        assert.strictEqual(yield* statusOf("one"), "queued")
      })
    ))
})
