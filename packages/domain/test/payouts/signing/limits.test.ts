/** Holds the signer to what an operator allows, to who is paid, and to dry runs. */
import { assert, describe, it } from "@effect/vitest"
import { BlockStore, RailUnavailable, type SpendRules } from "@purser/domain/payouts"
import { RailModel } from "@purser/domain/payouts/testing"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { assertSound, booked, inOffice, Office, payoutNamed, raw, statusOf, tick, ticks, topics } from "./office.ts"

const debt = (name: string, amountMinor = 100n, player = "ann") => ({ name, player, amountMinor })

const refused = (why: SpendRules.SpendRefused["why"]) => ({ _tag: "Refused", why }) as const

describe("RW-9 what may be spent", () => {
  it.effect("signs nothing while the switch is on", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one"))
        owing.limits = { ...owing.limits, killSwitch: true }
        // Receiving spends nothing.
        assert.deepStrictEqual(yield* ticks(2), ["Received", "Refused"])
        assert.deepStrictEqual((yield* tick).step, refused("KillSwitchOn"))
        owing.limits = { ...owing.limits, killSwitch: false }
        assert.deepStrictEqual(yield* ticks(1), ["Signed"])
        owing.limits = { ...owing.limits, killSwitch: true }
        model.confirm()
        yield* TestClock.adjust("10 seconds")
        yield* tick
        assert.strictEqual(yield* statusOf("one"), "confirmed")
      })
    ))

  it.effect("reads the switch again in the transaction that stores the block", () => {
    const office = new Office()
    const { signSend } = office.model.rail
    Object.assign(office.model.rail, {
      signSend: (...args: Parameters<typeof signSend>) => {
        // It is turned on while work is being found.
        office.owing.limits = { ...office.owing.limits, killSwitch: true }
        return signSend(...args)
      }
    })
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one"))
        assert.deepStrictEqual(yield* ticks(3), ["Received", "Postponed", "Refused"])
        assert.strictEqual(model.published.length, 1)
        assert.strictEqual((yield* BlockStore.use(({ newest }) => newest(RailModel.account)))?.kind, "receive")
      }), office)
  })

  it.effect("keeps the floor, and what those before will take", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        owing.limits = { ...owing.limits, floorMinor: 600n }
        yield* owing.owe(debt("first", 350n))
        yield* TestClock.adjust(1)
        yield* owing.owe(debt("too-much", 60n))
        yield* TestClock.adjust(1)
        yield* owing.owe(debt("would-fit", 10n))
        assert.deepStrictEqual(yield* ticks(4), ["Received", "Signed", "Refused", "Refused"])
        assert.deepStrictEqual((yield* tick).step, refused("BelowFloor"))
        model.fund(raw(100n))
        assert.deepStrictEqual(yield* ticks(4), ["Received", "Signed", "Signed", "Idle"])
        assert.deepStrictEqual(model.sends.map(({ amountMinor }) => amountMinor), [350n, 60n, 10n])
      })
    ))

  it.effect("leaves to one that waits for its next attempt what it was queued for first", () => {
    const office = new Office()
    const { signSend } = office.model.rail
    let isBroken = true
    Object.assign(office.model.rail, {
      signSend: (...args: Parameters<typeof signSend>) =>
        isBroken ? new RailUnavailable({ why: "no work" }) : signSend(...args)
    })
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        owing.limits = { ...owing.limits, floorMinor: 600n }
        yield* owing.owe(debt("first", 350n))
        yield* TestClock.adjust(1)
        yield* owing.owe(debt("second", 100n))
        assert.deepStrictEqual(yield* ticks(2), ["Received", "Postponed"])
        isBroken = false
        assert.deepStrictEqual((yield* tick).step, refused("BelowFloor"))
        yield* TestClock.adjust("10 seconds")
        assert.deepStrictEqual(yield* ticks(2), ["Signed", "Refused"])
        assert.deepStrictEqual([yield* statusOf("first"), yield* statusOf("second")], ["sent", "queued"])
      }), office)
  })

  it.effect("spends no more than the ceilings in any hour and day", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(10_000n))
        owing.limits = { ...owing.limits, hourlyCeilingMinor: 250n, dailyCeilingMinor: 400n }
        for (const name of ["a", "b", "c", "d", "e", "f"]) yield* owing.owe(debt(name))
        assert.deepStrictEqual(yield* ticks(4), ["Received", "Signed", "Signed", "Refused"])
        assert.deepStrictEqual((yield* tick).step, refused("HourlyCeiling"))
        yield* TestClock.adjust("59 minutes")
        assert.deepStrictEqual((yield* tick).step, refused("HourlyCeiling"))
        yield* TestClock.adjust("2 minutes")
        assert.deepStrictEqual(yield* ticks(3), ["Signed", "Signed", "Refused"])
        yield* TestClock.adjust("61 minutes")
        assert.deepStrictEqual((yield* tick).step, refused("DailyCeiling"))
        yield* TestClock.adjust("22 hours")
        assert.deepStrictEqual(yield* ticks(3), ["Signed", "Signed", "Idle"])
      })
    ))

  it.effect("lets others pass one that no ceiling allows", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(10_000n))
        owing.limits = { ...owing.limits, hourlyCeilingMinor: 250n }
        yield* owing.owe(debt("large", 300n))
        yield* owing.owe(debt("small", 100n))
        assert.deepStrictEqual(yield* ticks(3), ["Received", "Signed", "Refused"])
        assert.deepStrictEqual([yield* statusOf("large"), yield* statusOf("small")], ["queued", "sent"])
      })
    ))

  it.effect("pays between two receives, however many wait", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        for (let dust = 0; dust < 50; dust += 1) model.fund(1n)
        yield* owing.owe(debt("one"))
        yield* owing.owe(debt("two"))
        assert.deepStrictEqual(yield* ticks(5), ["Received", "Signed", "Received", "Signed", "Received"])
      })
    ))
})

describe("RW-8 RW-10 who is paid", () => {
  it.effect("pays at the address that counts at the moment of signing", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one"))
        yield* tick
        // The naive version pays at the address that the payout was made with.
        owing.payees.set("ann", "new")
        yield* tick
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["new"])
        assert.strictEqual((yield* payoutNamed("one")).payee, "new")
      })
    ))

  it.effect("signs nothing for an address that changes under it", () => {
    const office = new Office()
    const { signSend } = office.model.rail
    Object.assign(office.model.rail, {
      signSend: (...args: Parameters<typeof signSend>) => {
        office.owing.payees.set("ann", "changed while work was found")
        return signSend(...args)
      }
    })
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* owing.owe(debt("one"))
        assert.deepStrictEqual(yield* ticks(3), ["Received", "Postponed", "Signed"])
        assert.deepStrictEqual(model.sends.map(({ payee }) => payee), ["changed while work was found"])
      }), office)
  })

  it.effect.each([[null, "no_payee"], ["malformed", "payee_malformed"]] as const)(
    "gives the debt back when the address is %s",
    ([payee, reason]) =>
      inOffice(({ model, owing }) =>
        Effect.gen(function*() {
          model.fund(raw(1000n))
          yield* owing.owe(debt("one"))
          owing.payees.set("ann", payee)
          assert.deepStrictEqual(yield* ticks(3), ["Received", "Failed", "Idle"])
          assert.deepInclude(yield* payoutNamed("one"), { status: "failed", failureReason: reason, block: null })
          assert.deepStrictEqual(owing.released.map(String), ["one"])
          assert.strictEqual(yield* booked("player:ann:earned"), 100n)
          assert.deepStrictEqual(yield* topics, ["payout.failed"])
        })
      )
  )

  it.effect("tries to sign so often, further and further apart, and then gives the debt back", () => {
    const office = new Office()
    const { signSend } = office.model.rail
    let broken = true
    Object.assign(office.model.rail, {
      signSend: (...args: Parameters<typeof signSend>) => {
        office.model.isUp = !broken
        const answer = signSend(...args)
        return Effect.ensuring(answer, Effect.sync(() => void (office.model.isUp = true)))
      }
    })
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        const { id } = yield* owing.owe(debt("one"))
        assert.deepStrictEqual(yield* ticks(3), ["Received", "Postponed", "Idle"])
        assert.deepInclude(yield* payoutNamed("one"), { status: "queued", attempts: 1, lastAttemptAtMillis: 0 })
        for (let attempt = 2; attempt <= 3; attempt += 1) {
          yield* TestClock.adjust("10 seconds")
          yield* tick
        }
        assert.deepInclude(yield* payoutNamed("one"), { status: "failed", attempts: 3, failureReason: "not_signed" })
        assert.deepStrictEqual(owing.released.map(String), ["one"])
        broken = false
        yield* owing.takeUp(id)
        assert.deepStrictEqual(yield* ticks(1), ["Signed"])
      }), office)
  })
})

describe("RW-11 a dry run", () => {
  it.effect("does everything but publish, in books of its own", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.intrude(-raw(1000n))
        model.fund(raw(500n))
        yield* owing.owe(debt("one"))
        yield* owing.owe(debt("two"))
        // Same payee, amount and frontier: both have the same hash, which is no obstacle.
        assert.deepStrictEqual(yield* ticks(3), ["Simulated", "Simulated", "Idle"])
        assert.deepStrictEqual([yield* statusOf("one"), yield* statusOf("two")], ["simulated", "simulated"])
        assert.isNotNull((yield* payoutNamed("one")).block)
        assert.deepStrictEqual(model.published, [])
        assert.isUndefined(yield* BlockStore.use(({ newest }) => newest(RailModel.account)))
        assert.strictEqual(yield* booked("banano:wallet"), 0n)
        assert.strictEqual(yield* booked("rewards:funding"), 0n)
        assert.strictEqual(yield* booked("dry_run:rewards:funding"), 200n)
        assert.strictEqual(yield* booked("dry_run:payouts:payable"), 0n)
        assert.deepStrictEqual(yield* topics, ["payout.simulated", "payout.simulated"])
      }), new Office({ dryRun: true })))

  it.effect("keeps the limits", () =>
    inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.intrude(-raw(1000n))
        owing.limits = { ...owing.limits, floorMinor: 950n }
        yield* owing.owe(debt("one"))
        assert.deepStrictEqual((yield* tick).step, refused("BelowFloor"))
      }), new Office({ dryRun: true })))

  it.effect("leaves real payouts alone, and the real signer those of a dry run", () => {
    const real = new Office()
    const dry = new Office({ dryRun: true })
    return inOffice(({ model, owing }) =>
      Effect.gen(function*() {
        model.fund(raw(1000n))
        yield* dry.owing.owe(debt("simulated"))
        yield* owing.owe(debt("real"))
        assert.deepStrictEqual(yield* ticks(3), ["Received", "Signed", "Idle"])
        assert.strictEqual(yield* statusOf("simulated"), "queued")
        yield* assertSound
      }), real)
  })
})
