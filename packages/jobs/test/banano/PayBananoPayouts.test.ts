/** Runs the signer as a singleton over a rail that comes and goes. */
import { assert, describe, it } from "@effect/vitest"
import { PayoutRail } from "@purser/domain/payouts"
import { OwingModel, RailModel } from "@purser/domain/payouts/testing"
import { Engine, PayBananoPayouts, SignerHealth } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { fencingMemory } from "../engine/fencingMemory.ts"
import { payoutNamed, places, signing } from "./world.ts"

const backOff = { baseMillis: 100, maximumMillis: 400 }

const officeOn = (model: RailModel, owing: OwingModel, newest = new Map<string, bigint>()) =>
  PayBananoPayouts.layer({ pollMillis: 1000, backOff }).pipe(
    Layer.provideMerge(Layer.merge(Engine.layerSingle({ backOff }), signing(owing))),
    Layer.provideMerge(Layer.mergeAll(Layer.succeed(PayoutRail, model.rail), places.memory(), fencingMemory(newest)))
  )

const health = SignerHealth.use(({ read }) => read)

const debt = (name: string) => ({ name, player: name, amountMinor: 100n })

const rich = () => {
  const model = new RailModel()
  model.fund(1_000_000n)
  return model
}

describe("RW-8 RW-9 signer in office", () => {
  it.effect("pays all who wait without a pause, and looks again until each is confirmed", () => {
    const model = rich()
    const owing = new OwingModel()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      for (const name of ["a", "b", "c"]) yield* owing.owe(debt(name))
      yield* TestClock.adjust(1000)
      assert.strictEqual(model.sends.length, 3)
      assert.strictEqual((yield* health)._tag, "Working")
      model.confirm()
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual((yield* payoutNamed("c")).status, "confirmed")
    }).pipe(Effect.provide(officeOn(model, owing)))
  })

  it.effect("says why it does not sign", () => {
    const model = rich()
    const owing = new OwingModel()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      owing.limits = { ...owing.limits, killSwitch: true }
      yield* owing.owe(debt("a"))
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "Refused", why: "KillSwitchOn" })
      owing.limits = { ...owing.limits, killSwitch: false }
      // However soon it is drawn to try again, nothing arrives before this is over.
      model.fates.push(...Array.from({ length: 50 }, () => "lost" as const))
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* health)._tag, "UnderWay")
      model.fates.length = 0
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual((yield* health)._tag, "Working")
      const hash = model.intrude(1n)
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "Stopped", why: "ForeignBlock", detail: hash })
    }).pipe(Effect.provide(officeOn(model, owing)))
  })

  it.effect("keeps its term while the rail is down, and says since when", () => {
    const model = rich()
    const owing = new OwingModel()
    model.isUp = false
    return Effect.gen(function*() {
      yield* TestClock.adjust(20_000)
      assert.deepInclude(yield* health, {
        _tag: "Down",
        detail: "RailUnavailable: the rail that pays out does not answer: down on purpose",
        sinceMillis: 0
      })
      const terms = yield* Engine.use((engine) => engine.terms)
      assert.deepInclude(terms.find(({ name }) => name === "banano.signer"), { phase: "running", token: 1n })
      model.isUp = true
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* health)._tag, "Working")
    }).pipe(Effect.provide(officeOn(model, owing)))
  })

  it.effect("leaves the office to whoever took it", () => {
    const model = rich()
    const owing = new OwingModel()
    const newest = new Map<string, bigint>()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      newest.set(PayBananoPayouts.name, 99n)
      yield* owing.owe(debt("a"))
      yield* TestClock.adjust(1000)
      assert.strictEqual(model.sends.length, 0)
      assert.strictEqual((yield* health)._tag, "Standby")
    }).pipe(Effect.provide(officeOn(model, owing, newest)))
  })

  it.effect("counts as down when it falls silent", () =>
    Effect.gen(function*() {
      yield* SignerHealth.use(({ report }) => report({ _tag: "Working" }))
      yield* TestClock.adjust(59)
      assert.strictEqual((yield* health)._tag, "Working")
      yield* TestClock.adjust(2)
      assert.deepInclude(yield* health, { _tag: "Down", detail: "the signer has fallen silent", sinceMillis: 0 })
    }).pipe(Effect.provide(SignerHealth.layer({ silentMillis: 60 }))))
})
