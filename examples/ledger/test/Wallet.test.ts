import { assert, describe, layer } from "@effect/vitest"
import { Ledger, LedgerStore } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import { layerStore } from "@purser/storage/ledger"
import { layerSqliteTemporary } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { layer as layerOrdersSql } from "../src/OrdersSql.ts"
import { layer as layerWallet, Wallet } from "../src/Wallet.ts"
import { layer as layerOrdersMemory } from "./OrdersMemory.ts"

const inMemory = Layer.mergeAll(Ledger.layer, layerOrdersMemory).pipe(
  Layer.provideMerge(layerMemory),
  Layer.provideMerge(MemoryState.layer)
)
const onSqlite = Layer.mergeAll(Ledger.layer, layerOrdersSql).pipe(
  Layer.provideMerge(layerStore),
  Layer.provideMerge(layerSqliteTemporary)
)

const stores: ReadonlyArray<readonly [place: string, world: Layer.Layer<Wallet | LedgerStore>]> = [
  ["in memory", Layer.orDie(Layer.provideMerge(layerWallet, inMemory))],
  ["on SQLite", Layer.orDie(Layer.provideMerge(layerWallet, onSqlite))]
]

/** A wallet with 50 euros. */
const funded = (user: string) =>
  Effect.gen(function*() {
    const wallet = yield* Wallet
    yield* wallet.open(user)
    yield* wallet.topUp(user, 5000n, `bank of ${user}`)
    return wallet
  })

describe.each(stores)("wallet %s", (_, world) => {
  layer(world, { excludeTestServices: true })((it) => {
    it.effect("counts a payment once", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("once")
        yield* wallet.topUp("once", 5000n, "bank of once")
        assert.strictEqual(yield* wallet.available("once"), 5000n)
        const clash = yield* Effect.flip(wallet.topUp("once", 5001n, "bank of once"))
        assert.include(clash.message, "TransferExistsWithDifferentAmount")
      }))

    it.effect("holds, takes in part, and frees the rest", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("part")
        yield* wallet.placeOrder({ id: "part 1", user: "part", amountMinor: 3000n })
        assert.strictEqual(yield* wallet.available("part"), 2000n)
        const shipped = yield* wallet.ship("part 1", 2400n)
        assert.deepInclude(shipped, { state: "shipped", takenMinor: 2400n })
        assert.strictEqual(yield* wallet.available("part"), 2600n)
        assert.deepStrictEqual(yield* wallet.ship("part 1", 2400n), shipped)
      }))

    it.effect("leaves no order behind when the money is missing", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("poor")
        const order = { id: "poor 1", user: "poor", amountMinor: 5001n }
        assert.include((yield* Effect.flip(wallet.placeOrder(order))).message, "InsufficientFunds")
        assert.strictEqual((yield* Effect.flip(wallet.cancel("poor 1"))).message, "OrderNotFound: poor 1")
        yield* wallet.topUp("poor", 1n, "the last cent")
        assert.deepInclude(yield* wallet.placeOrder(order), { state: "placed" })
      }))

    it.effect("leaves the order as it was when the transfer is refused", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("more")
        yield* wallet.placeOrder({ id: "more 1", user: "more", amountMinor: 1000n })
        const refused = yield* Effect.flip(wallet.ship("more 1", 1001n))
        assert.include(refused.message, "AmountExceedsPendingTransfer")
        assert.deepInclude(yield* wallet.cancel("more 1"), { state: "cancelled", takenMinor: 0n })
      }))

    it.effect("refuses steps in the wrong order", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("wrong")
        yield* wallet.placeOrder({ id: "wrong 1", user: "wrong", amountMinor: 1000n })
        assert.include((yield* Effect.flip(wallet.refund("wrong 1"))).message, "OrderIsElsewhere")
        yield* wallet.cancel("wrong 1")
        assert.include((yield* Effect.flip(wallet.ship("wrong 1", 1000n))).message, "OrderIsElsewhere")
        const other = { id: "wrong 1", user: "wrong", amountMinor: 7n }
        assert.include((yield* Effect.flip(wallet.placeOrder(other))).message, "OrderIsAnother")
      }))

    it.effect("gives back what was taken, once", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("back")
        yield* wallet.placeOrder({ id: "back 1", user: "back", amountMinor: 1000n })
        yield* wallet.ship("back 1", 900n)
        yield* wallet.refund("back 1")
        yield* wallet.refund("back 1")
        yield* wallet.ship("back 1", 900n)
        assert.strictEqual(yield* wallet.available("back"), 5000n)
      }))

    it.effect("spends the last cent once, whoever comes first", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("race")
        const orders = Array.from({ length: 10 }, (_, index) =>
          Effect.exit(wallet.placeOrder({ id: `race ${index}`, user: "race", amountMinor: 2000n })))
        const exits = yield* Effect.all(orders, { concurrency: "unbounded" })
        assert.strictEqual(
          exits.filter(({ _tag }) =>
            _tag === "Success"
          ).length,
          2
        )
        assert.strictEqual(yield* wallet.available("race"), 1000n)
      }))

    it.effect("shows a statement in pages", () =>
      Effect.gen(function*() {
        const wallet = yield* funded("page")
        yield* wallet.placeOrder({ id: "page 1", user: "page", amountMinor: 1000n })
        yield* wallet.ship("page 1", 1000n)
        const first = yield* wallet.statement("page", { limit: 2 })
        assert.deepStrictEqual(first.lines.map(({ balanceMinor, heldMinor }) => [balanceMinor, heldMinor]), [
          [5000n, 0n],
          [5000n, 1000n]
        ])
        const second = yield* wallet.statement("page", { limit: 2, after: first.next! })
        assert.deepStrictEqual(second.lines.map(({ what }) => what), ["settle"])
        assert.strictEqual(second.next, undefined)
      }))

    it.effect("keeps sound books", () =>
      Effect.gen(function*() {
        const { discrepancies } = yield* LedgerStore.use((store) => store.verify)
        assert.deepStrictEqual(discrepancies, [])
      }))
  })
})
