import { assert, describe, layer } from "@effect/vitest"
import { BlockReference, BlockStore, type OperatorBlock, type Payout, PayoutStore } from "@purser/domain/payouts"
import { payoutOf, receiveOf, sendOf } from "@purser/domain/payouts/testing"
import { Stores } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { SqlClient } from "effect/sql/SqlClient"
import { failureOf } from "../onEveryStore.ts"
import { atomically, Ground, migratedDatabase, on, poolWith } from "../postgres/world.ts"

/** Two pools on one database: what two processes are to each other. */
const twoPools = (url: string) =>
  Effect.map(
    Effect.all([poolWith(Stores.layer, url), poolWith(Stores.layer, url)]),
    ([one, two]) => [on(one), on(two)] as const
  )

const ref = (name: string) => BlockReference.make(name)

const add = (block: OperatorBlock) => BlockStore.use((blocks) => blocks.add(block))
const owe = (...payouts: ReadonlyArray<Payout>) => PayoutStore.use((store) => store.add(payouts))

const first = receiveOf("first", { previous: ref("frontier") })
const second = receiveOf("second", { previous: ref("frontier") })

/** Stores two blocks from two transactions, of which the first ends when the second has begun to store. */
const storeTwo = (url: string, end: Effect.Effect<void, string>) =>
  Effect.gen(function*() {
    const [one, two] = yield* twoPools(url)
    const added = yield* Deferred.make<boolean>()
    const holding = Effect.gen(function*() {
      yield* Deferred.succeed(added, yield* add(first))
      // The other one comes to the lock within this time, or finds what was committed: both are right.
      yield* Effect.sleep(50)
      yield* end
    })
    const fiber = yield* Effect.forkChild(Effect.exit(one(atomically(holding))))
    const isFirst = yield* Deferred.await(added)
    const isSecond = yield* two(atomically(add(second)))
    yield* Fiber.join(fiber)
    const alive = yield* two(BlockStore.use((blocks) => blocks.open(first.account, 10)))
    return { isFirst, isSecond, alive: alive.map(({ hash }) => hash) }
  })

layer(Ground.layer, { excludeTestServices: true })((it) => {
  describe("RW-8 RW-9 two processes that sign for one place", () => {
    it.effect("store the block of one of them", () =>
      Effect.gen(function*() {
        const told = yield* storeTwo(yield* migratedDatabase, Effect.void)
        assert.deepStrictEqual(told, { isFirst: true, isSecond: false, alive: [ref("first")] })
      }))

    it.effect("store the other's when the first took its own back", () =>
      Effect.gen(function*() {
        const told = yield* storeTwo(yield* migratedDatabase, Effect.fail("no"))
        assert.deepStrictEqual(told, { isFirst: true, isSecond: true, alive: [ref("second")] })
      }))

    it.effect("would store both if the database did not refuse it", () =>
      Effect.gen(function*() {
        const url = yield* migratedDatabase
        const [one] = yield* twoPools(url)
        yield* one(SqlClient.use((sql) => sql`DROP INDEX operator_block_place`))
        assert.deepStrictEqual((yield* storeTwo(url, Effect.void)).alive, [ref("first"), ref("second")])
      }))

    it.effect("store one of 24 blocks for a payout", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools((yield* Ground).url)
        const payout = payoutOf("crowded")
        yield* pools[0](owe(payout))
        const blocks = Array.from(
          { length: 24 },
          (_, index) => sendOf(`crowd/${index}`, payout, { account: "crowd", previous: ref(`crowd/${index}`) })
        )
        const told = yield* Effect.forEach(blocks, (block, index) => pools[index % 2]!(atomically(add(block))), {
          concurrency: "unbounded"
        })
        assert.strictEqual(told.filter((isAdded) => isAdded).length, 1)
      }))
  })

  describe("RW-7 two processes that take up one debt", () => {
    it.effect("add it once, with all or nothing of what is beside it", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools((yield* Ground).url)
        const debt = payoutOf("debt")
        const sets = Array.from({ length: 16 }, (_, index) => [payoutOf(`beside/${index}`), debt])
        const told = yield* Effect.forEach(
          sets,
          (set, index) => pools[index % 2]!(Effect.result(owe(...set))),
          { concurrency: "unbounded" }
        )
        assert.strictEqual(told.filter(({ _tag }) => _tag === "Success").length, 1)
        const kept = yield* pools[0](PayoutStore.use((payouts) => payouts.byIds(sets.flat().map(({ id }) => id))))
        assert.strictEqual(kept.length, 2)
      }))

    it.effect("move it once", () =>
      Effect.gen(function*() {
        const [one, two] = yield* twoPools((yield* Ground).url)
        const before = payoutOf("moving")
        const move = (name: string) =>
          PayoutStore.use((payouts) => payouts.move(before, payoutOf("moving", { status: "signed", block: ref(name) })))
        yield* one(owe(before))
        const moved = yield* Deferred.make<void>()
        const holding = Effect.gen(function*() {
          yield* move("one")
          yield* Deferred.succeed(moved, undefined)
          yield* Effect.sleep(50)
        })
        const fiber = yield* Effect.forkChild(one(atomically(holding)))
        yield* Deferred.await(moved)
        assert.strictEqual(yield* failureOf(two(atomically(move("two")))), "Contended")
        yield* Fiber.join(fiber)
      }))
  })
})
