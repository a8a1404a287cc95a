/** Holds the monitor's health to what it is told, and to silence. */
import { assert, describe, it } from "@effect/vitest"
import { MonitorHealth } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"

const health = MonitorHealth.layer({ silentMillis: 1000 })

describe("PF-2 health of the monitor", () => {
  it.effect("begins on standby and stays so", () =>
    Effect.gen(function*() {
      const { read } = yield* MonitorHealth
      yield* TestClock.adjust(5000)
      assert.deepStrictEqual(yield* read, { _tag: "Standby", sinceMillis: 0 })
    }).pipe(Effect.provide(health)))

  it.effect("keeps the beginning of a state", () =>
    Effect.gen(function*() {
      const { read, report } = yield* MonitorHealth
      yield* TestClock.adjust(100)
      yield* report({ _tag: "Down", failures: 1, detail: "daemon: gone" })
      yield* TestClock.adjust(100)
      yield* report({ _tag: "Down", failures: 2, detail: "daemon: gone" })
      assert.deepStrictEqual(yield* read, { _tag: "Down", sinceMillis: 100, failures: 2, detail: "daemon: gone" })
      yield* report({ _tag: "CaughtUp", height: 7 })
      assert.deepStrictEqual(yield* read, { _tag: "CaughtUp", sinceMillis: 200, height: 7 })
    }).pipe(Effect.provide(health)))

  it.effect("takes silence for down", () =>
    Effect.gen(function*() {
      const { read, report } = yield* MonitorHealth
      yield* report({ _tag: "CaughtUp", height: 7 })
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* read)._tag, "CaughtUp")
      yield* TestClock.adjust(1)
      assert.deepInclude(yield* read, { _tag: "Down", sinceMillis: 0 })
    }).pipe(Effect.provide(health)))
})
