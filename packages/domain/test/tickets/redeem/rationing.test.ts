import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as References from "effect/References"
import { makeRationing } from "../../../src/tickets/redeem/rationing.ts"

describe("TK-12 rationed derivations", () => {
  it.effect("run so many at once, let so many wait, and refuse the next", () =>
    Effect.gen(function*() {
      const ration = yield* makeRationing({ concurrency: 2, queue: 3 })
      const open = yield* Deferred.make<void>()
      let running = 0
      let most = 0
      const one = ration(Effect.gen(function*() {
        running += 1
        most = Math.max(most, running)
        yield* Deferred.await(open)
        running -= 1
      }))
      const fibers = yield* Effect.forEach([1, 2, 3, 4, 5], () => Effect.forkChild(one, { startImmediately: true }))
      const refused = yield* Effect.flip(one)
      assert.strictEqual(refused._tag, "RedeemBusy")
      assert.strictEqual(running, 2)
      yield* Deferred.succeed(open, undefined)
      yield* Effect.forEach(fibers, Fiber.join)
      assert.strictEqual(most, 2)
      yield* one
    }))

  it.each([
    [{ concurrency: 2, queue: 3 }, 1_000],
    [{ concurrency: 1, queue: 100 }, 5_000],
    [{ concurrency: 4, queue: 101 }, 1_300],
    [{ concurrency: 1, queue: 0 }, 1_000]
  ])("say when to come back, of %o", (ration, retryAfterMillis) => {
    const refused = Effect.gen(function*() {
      const rationed = yield* makeRationing(ration)
      for (let index = 0; index < ration.concurrency + ration.queue; index++) {
        yield* Effect.forkChild(rationed(Effect.never), { startImmediately: true })
      }
      return yield* Effect.flip(rationed(Effect.void))
    })
    assert.strictEqual(Effect.runSync(refused).retryAfterMillis, retryAfterMillis)
  })

  it.effect("give the place back after a failure, a defect and an interruption", () =>
    Effect.gen(function*() {
      const ration = yield* makeRationing({ concurrency: 1, queue: 0 })
      for (const end of [Effect.fail("failed"), Effect.die("died"), Effect.interrupt]) {
        assert.isTrue(Exit.isFailure(yield* Effect.exit(ration(end))))
      }
      assert.strictEqual(yield* ration(Effect.succeed(1)), 1)
    }))

  it.effect("give the place back wherever they are interrupted", () =>
    Effect.gen(function*() {
      const ration = yield* makeRationing({ concurrency: 1, queue: 0 })
      for (let turns = 0; turns < 40; turns++) {
        const fiber = yield* Effect.forkChild(
          ration(Effect.yieldNow).pipe(Effect.provideService(References.MaxOpsBeforeYield, 3))
        )
        for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow
        yield* Fiber.interrupt(fiber)
        assert.strictEqual(yield* ration(Effect.succeed(turns)), turns)
      }
    }))

  it.effect("give the place back to one that waits when another that waits leaves", () =>
    Effect.gen(function*() {
      const ration = yield* makeRationing({ concurrency: 1, queue: 1 })
      const open = yield* Deferred.make<void>()
      const running = yield* Effect.forkChild(ration(Deferred.await(open)), { startImmediately: true })
      const waiting = yield* Effect.forkChild(ration(Effect.void), { startImmediately: true })
      assert.strictEqual((yield* Effect.flip(ration(Effect.void)))._tag, "RedeemBusy")
      yield* Fiber.interrupt(waiting)
      const next = yield* Effect.forkChild(ration(Effect.succeed("served")), { startImmediately: true })
      yield* Deferred.succeed(open, undefined)
      yield* Fiber.join(running)
      assert.strictEqual(yield* Fiber.join(next), "served")
    }))
})
