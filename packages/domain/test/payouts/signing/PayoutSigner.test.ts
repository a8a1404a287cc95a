/** Runs the signer on a model of a rail that loses answers, forgets blocks and lets others in. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { assertSound, booked, inOffice, payoutNamed, raw, statusOf, tick, ticks, topics } from "./office.ts"

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
