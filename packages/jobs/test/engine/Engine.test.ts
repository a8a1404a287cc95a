/** Holds the engine to what it promises of terms, in one process. */
import { assert, describe, it } from "@effect/vitest"
import { Engine, scheduled, Stale, type TermState } from "@purser/jobs/engine"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import { fencingMemory } from "./fencingMemory.ts"

const engineWith = (newest?: Map<string, bigint>) =>
  Engine.layerSingle({ backOff: { baseMillis: 100, maximumMillis: 1000 } }).pipe(Layer.provide(fencingMemory(newest)))

const only = Effect.map(Engine.use((engine) => engine.terms), ([state]) => state as TermState)

describe("TK-5 LG-16 supervised singletons", () => {
  it.effect("takes a term and runs", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const tokens = yield* Ref.make<ReadonlyArray<bigint>>([])
      yield* engine.start({
        name: "monitor",
        run: ({ token }) => Effect.andThen(Ref.update(tokens, (all) => [...all, token]), Effect.never)
      })
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* Ref.get(tokens), [1n])
      assert.deepInclude(yield* only, { phase: "running", token: 1n, failures: 0 })
    }).pipe(Effect.scoped, Effect.provide(engineWith())))

  it.effect("takes a new term after a failure", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const tokens = yield* Ref.make<ReadonlyArray<bigint>>([])
      yield* engine.start({
        name: "monitor",
        run: ({ token }) =>
          Effect.andThen(Ref.update(tokens, (all) => [...all, token]), Effect.fail(new Error("no daemon")))
      })
      yield* TestClock.adjust(1)
      assert.deepInclude(yield* only, { phase: "backing_off", failures: 1, detail: "Error: no daemon" })
      yield* TestClock.adjust(130)
      assert.deepStrictEqual(yield* Ref.get(tokens), [1n, 2n])
    }).pipe(Effect.scoped, Effect.provide(engineWith())))

  it.effect("spaces failures out up to the maximum", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const terms = yield* Ref.make(0)
      yield* engine.start({
        name: "monitor",
        run: () => Effect.andThen(Ref.update(terms, (n) => n + 1), Effect.fail("x"))
      })
      yield* TestClock.adjust(10_000)
      const first = yield* Ref.get(terms)
      yield* TestClock.adjust(12_000)
      assert.isAtMost((yield* Ref.get(terms)) - first, 15)
      assert.isAtLeast((yield* Ref.get(terms)) - first, 10)
    }).pipe(Effect.scoped, Effect.provide(engineWith())))

  it.effect("hides what a defect says", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      yield* engine.start({ name: "monitor", run: () => Effect.die(new Error("key=secret")) })
      yield* TestClock.adjust(1)
      assert.strictEqual((yield* only).detail, "unexpected failure, see the log")
    }).pipe(Effect.scoped, Effect.provide(engineWith())))

  it.effect("stays away after being superseded", () => {
    const newest = new Map<string, bigint>()
    return Effect.gen(function*() {
      const engine = yield* Engine
      const written = yield* Ref.make(0)
      yield* engine.start({
        name: "monitor",
        run: ({ guard }) => Effect.forever(Effect.andThen(guard(Ref.update(written, (n) => n + 1)), Effect.sleep(10)))
      })
      yield* TestClock.adjust(5)
      newest.set("monitor", 7n)
      yield* TestClock.adjust(500)
      assert.strictEqual(yield* Ref.get(written), 1)
      assert.strictEqual((yield* only).detail, "Stale: monitor: term 1 is over")
      assert.strictEqual(newest.get("monitor"), 7n)
      yield* TestClock.adjust(1000)
      assert.deepInclude(yield* only, { phase: "running", token: 8n })
    }).pipe(Effect.scoped, Effect.provide(engineWith(newest)))
  })

  it.effect("ends with its scope", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const runs = yield* Ref.make(0)
      yield* Effect.scoped(Effect.gen(function*() {
        yield* engine.start({
          name: "monitor",
          run: () => Effect.forever(Effect.andThen(Ref.update(runs, (n) => n + 1), Effect.sleep(10)))
        })
        yield* TestClock.adjust(15)
      }))
      const before = yield* Ref.get(runs)
      yield* TestClock.adjust(100)
      assert.strictEqual(yield* Ref.get(runs), before)
      assert.strictEqual((yield* only).phase, "standby")
    }).pipe(Effect.provide(engineWith())))

  it.effect("says when one ends by itself", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      yield* engine.start({ name: "once", run: () => Effect.void })
      yield* TestClock.adjust(1)
      assert.strictEqual((yield* only).phase, "finished")
    }).pipe(Effect.scoped, Effect.provide(engineWith())))
})

describe("LG-3 PF-4 schedules", () => {
  it.effect("runs at once and again", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const ticks = yield* Ref.make(0)
      yield* engine.start(scheduled({ name: "prune", everyMillis: 1000, run: () => Ref.update(ticks, (n) => n + 1) }))
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Ref.get(ticks), 1)
      yield* TestClock.adjust(2000)
      assert.strictEqual(yield* Ref.get(ticks), 3)
    }).pipe(Effect.scoped, Effect.provide(engineWith())))

  it.effect("goes on after a tick fails", () =>
    Effect.gen(function*() {
      const engine = yield* Engine
      const ticks = yield* Ref.make(0)
      const tick = Effect.flatMap(
        Ref.updateAndGet(ticks, (n) => n + 1),
        (n) => n === 2 ? Effect.fail(new Stale({ name: "prune", held: 1n })) : Effect.void
      )
      yield* engine.start(scheduled({ name: "prune", everyMillis: 1000, run: () => tick }))
      yield* TestClock.adjust(4000)
      assert.isAtLeast(yield* Ref.get(ticks), 3)
    }).pipe(Effect.scoped, Effect.provide(engineWith())))
})
