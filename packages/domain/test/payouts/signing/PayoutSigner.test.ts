/** Runs the signer on a model of a rail that loses answers, forgets blocks and lets others in. */
import { assert, describe, it } from "@effect/vitest"
import { BlockStore, type OperatorBlock } from "@purser/domain/payouts"
import { RailModel } from "@purser/domain/payouts/testing"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { assertSound, booked, inOffice, Office, payoutNamed, raw, statusOf, tick, ticks, topics } from "./office.ts"

const debt = (name: string, player: string, amountMinor = 100n) => ({ name, player, amountMinor })

describe("RW-8 the signer", () => {
  it.effect("receives, pays, and books what is confirmed", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* owing.owe(debt("two", "bob", 250n))
        assert.deepStrictEqual(yield* ticks(4), ["Received", "Signed", "Signed", "Idle"])
        assert.strictEqual(yield* statusOf("one"), "sent")
        assert.strictEqual(yield* booked("banano:wallet"), 0n)
        yield* assertSound
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { confirmed: 3, failed: 0, published: 0 })
        assert.strictEqual(yield* statusOf("one"), "confirmed")
        assert.strictEqual(yield* statusOf("two"), "confirmed")
        assert.strictEqual(yield* booked("banano:wallet"), 650n)
        assert.strictEqual(yield* booked("payouts:payable"), 0n)
        assert.strictEqual(yield* booked("rewards:expense"), 350n)
        assert.deepStrictEqual(model.sends, [
          { payee: "payee-ann", amountMinor: 100n, isConfirmed: true },
          { payee: "payee-bob", amountMinor: 250n, isConfirmed: true }
        ])
        assert.deepStrictEqual(yield* topics, [
          "payout.signed",
          "payout.sent",
          "payout.signed",
          "payout.sent",
          "payout.confirmed",
          "payout.confirmed"
        ])
        yield* assertSound
      })
    ))

  it.effect("does not take sent for confirmed", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* ticks(2)
        for (let round = 0; round < 20; round += 1) {
          yield* TestClock.adjust("10 seconds")
          yield* tick
        }
        assert.strictEqual(yield* statusOf("one"), "sent")
        assert.strictEqual(yield* booked("payouts:payable"), 100n)
      })
    ))

  it.effect("publishes the stored block again, and no other, when nobody answers", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* owing.owe(debt("two", "bob"))
        yield* tick
        model.fates.push("landsUnheard")
        assert.deepStrictEqual(yield* ticks(1), ["Signed"])
        assert.strictEqual(yield* statusOf("one"), "unknown")
        // The frontier shows that it landed: the next follows it.
        assert.deepStrictEqual(yield* ticks(1), ["Signed"])
        assert.strictEqual(yield* statusOf("one"), "sent")
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["payee-ann", "payee-bob"])
        assert.strictEqual(yield* booked("banano:wallet"), 800n)
      })
    ))

  it.effect("signs nothing above a block that has not landed", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* owing.owe(debt("two", "bob"))
        yield* tick
        model.fates.push("lost", "lost", "lost")
        assert.deepStrictEqual(yield* ticks(3), ["Signed", "UnderWay", "UnderWay"])
        assert.strictEqual(yield* statusOf("two"), "queued")
        assert.strictEqual(model.fates.length, 2)
        for (const expected of ["UnderWay", "UnderWay", "Signed"]) {
          yield* TestClock.adjust("10 seconds")
          assert.strictEqual((yield* tick).step._tag, expected)
        }
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["payee-ann", "payee-bob"])
        assert.strictEqual(new Set(model.published).size, 3)
      })
    ))

  it.effect("publishes what was dropped after it was taken", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* tick
        model.fates.push("dropped")
        yield* tick
        assert.strictEqual(yield* statusOf("one"), "sent")
        assert.strictEqual(model.sends.length, 0)
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { published: 1 })
        assert.strictEqual(model.sends.length, 1)
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* statusOf("one"), "confirmed")
      })
    ))

  it.effect("publishes what was lost from the lowest block on, and waits where it does not arrive", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* tick
        model.confirm()
        yield* tick
        yield* owing.owe(debt("one", "ann"))
        yield* owing.owe(debt("two", "bob"))
        yield* ticks(2)
        model.drop()
        model.fates.push("lost")
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { published: 1 })
        assert.deepStrictEqual([yield* statusOf("one"), yield* statusOf("two")], ["unknown", "sent"])
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { published: 2 })
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["payee-ann", "payee-bob"])
      })
    ))

  it.effect("believes no refusal of a block that may have landed before", () =>
    inOffice(({ model }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        model.fates.push("landsUnheard", "refused")
        yield* tick
        // The node that is asked does not know it yet, and refuses it too.
        model.behind = 1
        assert.strictEqual((yield* tick).step._tag, "UnderWay")
        assert.strictEqual((yield* BlockStore.use(({ newest }) => newest(RailModel.account)))?.state, "stored")
        model.behind = 0
        model.confirm()
        assert.deepInclude(yield* tick, { confirmed: 1 })
        assert.strictEqual(yield* booked("banano:wallet"), 1000n)
      })
    ))

  it.effect("books what came in before what went out, though both are confirmed between two looks", () => {
    const office = new Office()
    const { look } = office.model.rail
    const confirm = Effect.sync(() => office.model.confirm())
    const watch = Effect.sync(() =>
      Object.assign(office.model.rail, { look: (block: OperatorBlock) => Effect.tap(look(block), () => confirm) })
    )
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one", "ann"))
        yield* ticks(2)
        yield* watch
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { confirmed: 0 })
        yield* TestClock.adjust("10 seconds")
        assert.deepInclude(yield* tick, { confirmed: 2 })
        assert.strictEqual(yield* booked("banano:wallet"), 900n)
      }), office)
  })

  it.effect("gives the debt back when a rival is confirmed, and all that rested on its block", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* tick
        model.confirm()
        yield* owing.owe(debt("one", "ann"))
        yield* owing.owe(debt("two", "bob"))
        assert.deepStrictEqual(yield* ticks(2), ["Signed", "Signed"])
        const rival = model.displace(raw(7n))!
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* statusOf("one"), "unknown")
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        const ticked = yield* tick
        assert.deepInclude(ticked, { failed: 2 })
        assert.deepStrictEqual(ticked.step, { _tag: "ForeignBlock", hash: rival })
        assert.deepStrictEqual([yield* statusOf("one"), yield* statusOf("two")], ["failed", "failed"])
        assert.deepStrictEqual(owing.released.map(String), ["one", "two"])
        assert.strictEqual(yield* booked("player:ann:earned"), 100n)
        assert.strictEqual(yield* booked("payouts:payable"), 0n)
        assert.strictEqual((yield* payoutNamed("one")).failureReason, "rival_confirmed")
      })
    ))

  it.effect("pays a debt that was taken up again once, in a round of its own", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        const { id } = yield* owing.owe(debt("one", "ann"))
        assert.strictEqual(yield* owing.takeUp(id), "AlreadyQueued")
        yield* tick
        model.fates.push("refused")
        yield* tick
        assert.strictEqual(yield* statusOf("one"), "failed")
        yield* owing.takeUp(id)
        // The same block would be signed again, which is dead: it is not stored a second time.
        assert.strictEqual((yield* tick).step._tag, "Postponed")
        yield* owing.owe(debt("two", "bob"))
        assert.strictEqual((yield* tick).step._tag, "Signed")
        assert.strictEqual(yield* owing.takeUp(id), "AlreadyQueued")
        yield* TestClock.adjust("10 seconds")
        assert.strictEqual((yield* tick).step._tag, "Signed")
        assert.strictEqual(yield* owing.takeUp(id), "BlockMayLand")
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* owing.takeUp(id), "AlreadyConfirmed")
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["payee-bob", "payee-ann"])
        assert.strictEqual((yield* payoutNamed("one")).round, 1)
        yield* assertSound
      })
    ))
})
