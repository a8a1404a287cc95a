/** Runs the monitor as a singleton over a chain that comes and goes. */
import { assert, describe, it } from "@effect/vitest"
import { PaymentStore } from "@purser/domain/payments"
import { TicketIntake } from "@purser/domain/tickets"
import { StorageError } from "@purser/domain/transaction"
import { blocksALook, Engine, Jobs, MoneroRail, MonitorHealth, MonitorMonero } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import { Chain } from "../chain/Chain.ts"
import { chainOn, railOn } from "../chain/chainMemory.ts"
import { ChainModel } from "../chain/ChainModel.ts"
import { fencingMemory } from "../engine/fencingMemory.ts"
import { storesMemory } from "../stories/stores.ts"
import { payTicket, scryptQuick, ticket, useCases } from "../stories/world.ts"

const backOff = { baseMillis: 100, maximumMillis: 400 }

interface Changed {
  readonly newest?: Map<string, bigint>
  /** The intake in place of the ordinary one. */
  readonly intake?: Layer.Layer<TicketIntake, never, TicketIntake>
}

const worldOn = (model: ChainModel, { intake, newest = new Map() }: Changed = {}) => {
  const chain = Layer.succeedContext(
    Context.make(Chain, chainOn(model)).pipe(Context.add(MoneroRail, railOn(model)))
  )
  const stores = Layer.merge(storesMemory, fencingMemory(newest))
  const base = useCases.pipe(Layer.provideMerge(Layer.mergeAll(chain, stores, scryptQuick)))
  return Jobs.layer({ monitor: { startHeight: 1, pollMillis: 1000, backOff } }).pipe(
    Layer.provideMerge(Engine.layerSingle({ backOff })),
    Layer.provideMerge(intake === undefined ? base : Layer.provideMerge(intake, base))
  )
}

const health = MonitorHealth.use(({ read }) => read)
const cursor = PaymentStore.use((payments) => payments.cursor("monero"))

const count = (state: "credited" | "seen") =>
  Effect.map(PaymentStore.use((payments) => payments.inState("monero", state, 10)), ({ length }) => length)

describe("TK-5 monitor in office", () => {
  it.effect("catches up and goes on", () => {
    const model = new ChainModel()
    model.mine(4)
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      assert.deepInclude(yield* health, { _tag: "CaughtUp", height: 5 })
      model.mine(2)
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "CaughtUp", height: 7 })
      assert.deepStrictEqual(yield* cursor, Option.some(6))
    }).pipe(Effect.provide(worldOn(model)))
  })

  it.effect("takes a long history in bit by bit, without a pause", () => {
    const model = new ChainModel()
    return Effect.gen(function*() {
      for (const name of ["first", "second", "third"]) {
        yield* payTicket(yield* ticket(name))
        model.mine(blocksALook)
      }
      yield* payTicket(yield* ticket("in the pool"))
      const spans: Array<readonly [number, number | undefined]> = []
      model.onRead = (above, upTo) => spans.push([above, upTo])
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(spans, [
        [0, blocksALook],
        [blocksALook - 61, 2 * blocksALook],
        [2 * blocksALook - 61, undefined]
      ])
      assert.deepInclude(yield* health, { _tag: "CaughtUp", height: 3 * blocksALook + 1 })
      assert.deepStrictEqual([yield* count("credited"), yield* count("seen")], [3, 1])
      assert.strictEqual((yield* MonitorMonero.walletFigures(1)).payments.length, 4)
    }).pipe(Effect.provide(worldOn(model)))
  })

  it.effect("says since when the daemon is down", () => {
    const model = new ChainModel()
    return Effect.gen(function*() {
      yield* TestClock.adjust(500)
      model.isUp = false
      yield* TestClock.adjust(10_000)
      const down = yield* health
      assert.deepInclude(down, { _tag: "Down", detail: "MoneroUnavailable: daemon: no connection", sinceMillis: 1000 })
      model.isUp = true
      yield* TestClock.adjust(500)
      assert.strictEqual((yield* health)._tag, "CaughtUp")
    }).pipe(Effect.provide(worldOn(model)))
  })

  it.effect("keeps its term while the daemon is down", () => {
    const model = new ChainModel()
    const newest = new Map<string, bigint>()
    model.isUp = false
    return Effect.gen(function*() {
      yield* TestClock.adjust(20_000)
      const terms = yield* Engine.use((engine) => engine.terms)
      assert.deepInclude(terms.find(({ name }) => name === "monero.monitor"), { phase: "running", token: 1n })
    }).pipe(Effect.provide(worldOn(model, { newest })))
  })

  it.effect("pauses crediting while the wallet is ahead", () => {
    const model = new ChainModel()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      yield* payTicket(yield* ticket("ahead"))
      model.mine(20)
      model.heightShown = 3
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "Behind", blocks: -18 })
      assert.strictEqual(
        (yield* PaymentStore.use((payments) => payments.inState("monero", "confirming", 10))).length,
        1
      )
      model.heightShown = undefined
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* PaymentStore.use((payments) => payments.inState("monero", "credited", 10))).length, 1)
    }).pipe(Effect.provide(worldOn(model)))
  })

  it.effect("takes nothing for lost while the wallet reads all blocks again", () => {
    const model = new ChainModel()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      yield* payTicket(yield* ticket("restored"))
      model.mine(20)
      yield* TestClock.adjust(1000)
      const credited = PaymentStore.use((payments) => payments.inState("monero", "credited", 10))
      const before = yield* credited
      assert.strictEqual(before.length, 1)
      for (const blocksRead of [1, 2, 15]) {
        model.blocksRead = blocksRead
        yield* TestClock.adjust(1000)
        assert.deepInclude(yield* health, { _tag: "Behind", blocks: 21 - blocksRead })
        assert.deepStrictEqual(yield* credited, before)
      }
      model.blocksRead = undefined
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "CaughtUp", height: 21 })
      assert.deepStrictEqual(yield* credited, before)
    }).pipe(Effect.provide(worldOn(model)))
  })

  it.effect("is down while its books cannot be opened", () => {
    const model = new ChainModel()
    const refuse = new StorageError({ failure: "Unavailable", operation: "LedgerStore.openAccounts", cause: "away" })
    let isAway = true
    const intake = Layer.effect(
      TicketIntake,
      Effect.map(TicketIntake, (intake) => ({
        ...intake,
        books: Effect.suspend(() => isAway ? Effect.fail(refuse) : intake.books)
      }))
    )
    return Effect.gen(function*() {
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* health, { _tag: "Down", detail: `StorageError: ${refuse.message}` })
      isAway = false
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* health)._tag, "CaughtUp")
    }).pipe(Effect.provide(worldOn(model, { intake })))
  })

  it.effect("is on standby after it was superseded", () => {
    const model = new ChainModel()
    const newest = new Map<string, bigint>()
    return Effect.gen(function*() {
      yield* TestClock.adjust(1)
      newest.set("monero.monitor", 9n)
      model.mine(1)
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* health)._tag, "Standby")
      assert.deepStrictEqual(yield* cursor, Option.some(0))
    }).pipe(Effect.provide(worldOn(model, { newest })))
  })
})
