import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { Outbox, OutboxEvent } from "@purser/domain/outbox"
import { Stale, Stores, takeTerm } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { type Everything, onBothDatabases } from "../onEveryStore.ts"
import { Ground, on, poolWith } from "../postgres/world.ts"

const write = (key: string) =>
  Outbox.use((outbox) => outbox.append([new OutboxEvent({ topic: "fence", key, payload: {}, atMillis: 0 })]))

const written = Effect.map(
  Outbox.use((outbox) => outbox.due(0, 100)),
  (records) => records.map(({ event }) => event.key)
)

const suite = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("gives every term a greater token than the one before", () =>
    Effect.gen(function*() {
      const first = yield* takeTerm("growing")
      const second = yield* takeTerm("growing")
      const other = yield* takeTerm("growing elsewhere")
      assert.deepStrictEqual([first.token, second.token, other.token], [1n, 2n, 1n])
    }))

  it.effect("commits in the newest term only", () =>
    Effect.gen(function*() {
      const old = yield* takeTerm("office")
      yield* old.guard(write("office/1"))
      const next = yield* takeTerm("office")
      const stale = yield* Effect.flip(old.guard(write("office/2")))
      assert.instanceOf(stale, Stale)
      yield* next.guard(write("office/3"))
      assert.deepStrictEqual((yield* written).filter((key) => key.startsWith("office/")), ["office/1", "office/3"])
    }))

  it.effect("undoes what fails under guard, and stays in office", () =>
    Effect.gen(function*() {
      const term = yield* takeTerm("failing")
      assert.strictEqual(yield* Effect.flip(term.guard(Effect.andThen(write("failing/1"), Effect.fail("no")))), "no")
      yield* term.guard(write("failing/2"))
      assert.deepStrictEqual((yield* written).filter((key) => key.startsWith("failing/")), ["failing/2"])
    }))

  it.effect("gives 20 that take at once 20 tokens", () =>
    Effect.gen(function*() {
      const terms = yield* Effect.all(Array.from({ length: 20 }, () => takeTerm("crowd")), { concurrency: "unbounded" })
      assert.strictEqual(new Set(terms.map(({ token }) => token)).size, 20)
      const outcomes = yield* Effect.forEach(terms, ({ guard }) => Effect.isSuccess(guard(Effect.void)))
      assert.strictEqual(outcomes.filter(Boolean).length, 1)
      assert.isTrue(outcomes[terms.findIndex(({ token }) => token === 20n)])
    }))
}

describe("TK-5 LG-16 the fence", () => {
  onBothDatabases(suite)
})

layer(Ground.layer, { excludeTestServices: true })("TK-5 LG-16 the fence between two pools", (it) => {
  it.effect("makes the next holder wait for what is being written, and refuses the last one then", () =>
    Effect.gen(function*() {
      const { url } = yield* Ground
      const [one, two] = (yield* Effect.all([poolWith(Stores.layer, url), poolWith(Stores.layer, url)])).map(on)
      const order: Array<string> = []
      const old = yield* one!(takeTerm("monitor"))
      const begun = yield* Deferred.make<void>()
      const slow = Effect.gen(function*() {
        yield* write("in time")
        yield* Deferred.succeed(begun, undefined)
        yield* Effect.sleep(50)
        order.push("written")
      })
      const fiber = yield* Effect.forkChild(one!(old.guard(slow)))
      yield* Deferred.await(begun)
      const next = yield* two!(takeTerm("monitor"))
      order.push("taken")
      yield* Fiber.join(fiber)
      assert.deepStrictEqual(order, ["written", "taken"])
      assert.instanceOf(yield* Effect.flip(one!(old.guard(write("too late")))), Stale)
      yield* two!(next.guard(write("by the next")))
      assert.deepStrictEqual(yield* one!(written), ["in time", "by the next"])
    }))
})
