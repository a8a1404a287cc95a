/** Finds work before it is asked for, once, and gives up what nobody wants any more. */
import { assert, describe, it } from "@effect/vitest"
import { BananoWork, type BlockHash, isWorkEnough, WorkFailed, workThreshold } from "@purser/integrations/banano"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import { workFrom } from "../../../src/banano/crypto/work.ts"
import { findAhead } from "../../../src/banano/work/findAhead.ts"

const root = "718CC2121C3E641059BC1C2CFC45666C99E8AE922F7A807B7D07B62C995D79E2" as BlockHash
const other = root.replace("7", "8") as BlockHash
/** Worth fffffff93c41ec94. */
const work = workFrom(0x2b3d_689b_bcb2_1dcan)

/** A search that ends when it is told to, and counts. */
const search = Effect.gen(function*() {
  const asked: Array<BlockHash> = []
  const stopped: Array<BlockHash> = []
  const gate = yield* Deferred.make<typeof work, WorkFailed>()
  const find = (wanted: BlockHash) =>
    Effect.sync(() => asked.push(wanted)).pipe(
      Effect.andThen(Deferred.await(gate)),
      Effect.onInterrupt(() => Effect.sync(() => stopped.push(wanted)))
    )
  return { asked, stopped, gate, find }
})

describe("RW-12 work ahead of need", () => {
  it.effect("is found once, however often it is begun and asked for", () =>
    Effect.gen(function*() {
      const { asked, find, gate } = yield* search
      const early = yield* findAhead(find)
      yield* early.ahead(root)
      yield* early.ahead(root)
      yield* Effect.yieldNow
      yield* Deferred.succeed(gate, work)
      assert.deepStrictEqual([yield* early.find(root), yield* early.find(root)], [work, work])
      assert.deepStrictEqual(asked, [root])
    }))

  it.effect.each(["ahead", "find"] as const)("gives way when %s wants another root", (way) =>
    Effect.gen(function*() {
      const { asked, find, gate, stopped } = yield* search
      const early = yield* findAhead(find)
      yield* early.ahead(root)
      yield* Effect.yieldNow
      const wish = yield* Effect.forkChild(early[way](other))
      yield* Effect.yieldNow
      yield* Effect.yieldNow
      yield* Deferred.succeed(gate, work)
      yield* Fiber.await(wish)
      assert.deepStrictEqual(stopped, [root])
      assert.include(asked, other)
    }))

  it.effect("is searched for anew where the early search failed", () =>
    Effect.gen(function*() {
      let calls = 0
      const early = yield* findAhead(() => {
        calls += 1
        return calls === 1 ? Effect.fail(new WorkFailed({ why: "the thread ended" })) : Effect.succeed(work)
      })
      yield* early.ahead(root)
      assert.strictEqual(yield* early.find(root), work)
      assert.strictEqual(calls, 2)
    }))

  it.effect("is searched for anew where more is wanted than was found", () =>
    Effect.gen(function*() {
      const wanted: Array<bigint | undefined> = []
      const early = yield* findAhead((_, threshold) => Effect.as(Effect.sync(() => wanted.push(threshold)), work))
      yield* early.ahead(root)
      yield* early.find(root, 0xffff_fff0_0000_0000n)
      yield* early.find(root, 0xffff_fffa_0000_0000n)
      assert.deepStrictEqual(wanted, [undefined, 0xffff_fffa_0000_0000n])
    }))

  it.effect("ends with the scope", () =>
    Effect.gen(function*() {
      const { find, stopped } = yield* search
      const scope = yield* Scope.make()
      const early = yield* Scope.provide(findAhead(find), scope)
      yield* early.ahead(root)
      yield* Effect.yieldNow
      yield* Scope.close(scope, Exit.void)
      assert.deepStrictEqual(stopped, [root])
    }))

  it.live("is enough for a block", () =>
    Effect.gen(function*() {
      const found = yield* BananoWork.use(({ ahead, find }) => Effect.andThen(ahead(root), find(root))).pipe(
        Effect.provide(BananoWork.layerLocal, { local: true })
      )
      assert.isTrue(isWorkEnough(root, found, workThreshold))
    }))
})
