/** Tells what a reorganisation of the chain does to tickets and their tokens. */
import { assert, describe, it } from "@effect/vitest"
import type { PaymentKey } from "@purser/domain/payments"
import * as Effect from "effect/Effect"
import { claimed, id8, pid, statusOf, steps, topics, transfers } from "./intakeLooks.ts"
import { balances, confirmations, look, openBooks, payInFull, priceMinor, redeem, type Wallet, world } from "./world.ts"

/** Ways in which a payment disappears and comes back. */
const disappearances: ReadonlyArray<readonly [string, (wallet: Wallet, key: PaymentKey) => void]> = [
  ["vanishes", (wallet, key) => wallet.lose(key)],
  ["falls back into the pool", (wallet, key) => wallet.pop(key)],
  ["moves to a new block", (wallet, key) => wallet.giveBack(key)]
]

describe("TK-7 reorganisations", () => {
  it.effect.each(disappearances)(
    "suspend a token whose payment %s, until it is final again",
    ([, disappear]) =>
      Effect.gen(function*() {
        const { key, token, wallet } = yield* claimed
        disappear(wallet, key)
        yield* look(wallet)
        assert.deepStrictEqual(yield* statusOf(token), ["suspended", 0n])
        assert.strictEqual((yield* balances)[4], 0n)
        wallet.giveBack(key)
        yield* look(wallet)
        assert.deepStrictEqual(yield* statusOf(token), ["suspended", 0n])
        wallet.mine(confirmations)
        yield* look(wallet)
        assert.deepStrictEqual(yield* statusOf(token), ["active", priceMinor])
        assert.deepStrictEqual(yield* balances, [priceMinor, 0n, 0n, 0n, priceMinor])
        const told = (yield* topics).filter((topic) => topic.startsWith("ticket."))
        assert.deepStrictEqual(told, ["ticket.claimed", "ticket.suspended", "ticket.restored"])
      }).pipe(Effect.provide(world()))
  )

  it.effect("reverse each posting by a new one, last first", () =>
    Effect.gen(function*() {
      const { key, wallet } = yield* claimed
      const before = yield* transfers
      wallet.lose(key)
      yield* look(wallet)
      const all = yield* transfers
      assert.deepStrictEqual(all.slice(0, before.length), before)
      assert.deepStrictEqual(steps(all), [
        "payment.received: monero:wallet > monero:received",
        "payment.credited: monero:received > tickets:unclaimed",
        "ticket.claimed: tickets:unclaimed > tickets:claimed",
        "payment.reversed: tickets:claimed > tickets:unclaimed",
        "payment.reversed: tickets:unclaimed > monero:received",
        "payment.reversed: monero:received > monero:wallet"
      ])
      assert.deepStrictEqual(all.slice(3).map(({ reverses }) => reverses), before.map(({ id }) => id).toReversed())
    }).pipe(Effect.provide(world())))

  it.effect("take an unclaimed ticket's money and give it back", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const key = yield* payInFull(wallet, pid)
      wallet.lose(key)
      yield* look(wallet)
      assert.deepStrictEqual(yield* balances, [0n, 0n, 0n, 0n, 0n])
      assert.strictEqual((yield* Effect.flip(redeem(pid)))._tag, "TicketUnderpaid")
      wallet.giveBack(key)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.deepInclude(yield* redeem(pid), { _tag: "Redeemed", status: "success" })
    }).pipe(Effect.provide(world())))

  it.effect("suspend for a part that vanished, and a top-up may stand in for it", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      wallet.pay(id8, priceMinor)
      const part = wallet.pay(id8, 7n)
      wallet.mine(confirmations)
      yield* look(wallet)
      const redeemed = yield* redeem(pid)
      assert(redeemed._tag === "Redeemed")
      wallet.lose(part)
      yield* look(wallet)
      assert.deepStrictEqual(yield* statusOf(redeemed.token), ["suspended", priceMinor])
      wallet.pay(id8, 7n)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.deepStrictEqual(yield* statusOf(redeemed.token), ["active", priceMinor + 7n])
    }).pipe(Effect.provide(world())))

  it.effect("suspend for a top-up that vanished", () =>
    Effect.gen(function*() {
      const { token, wallet } = yield* claimed
      const topUp = wallet.pay(id8, 5n)
      wallet.mine(confirmations)
      yield* look(wallet)
      wallet.lose(topUp)
      yield* look(wallet)
      assert.deepStrictEqual(yield* statusOf(token), ["suspended", priceMinor])
      wallet.giveBack(topUp)
      wallet.mine(confirmations)
      yield* look(wallet)
      assert.deepStrictEqual(yield* statusOf(token), ["active", priceMinor + 5n])
    }).pipe(Effect.provide(world())))

  it.effect("do not suspend when one payment goes as another comes in the same scan", () =>
    Effect.gen(function*() {
      const { key, token, wallet } = yield* claimed
      wallet.pay(id8, priceMinor)
      wallet.mine(confirmations)
      wallet.lose(key)
      yield* look(wallet)
      assert.deepStrictEqual(yield* statusOf(token), ["active", priceMinor])
      assert.deepStrictEqual(yield* balances, [priceMinor, 0n, 0n, 0n, priceMinor])
    }).pipe(Effect.provide(world())))

  it.effect("may come again and again", () =>
    Effect.gen(function*() {
      const { key, token, wallet } = yield* claimed
      for (let round = 0; round < 3; round++) {
        wallet.lose(key)
        yield* look(wallet)
        wallet.giveBack(key)
        wallet.mine(confirmations)
        yield* look(wallet)
      }
      assert.deepStrictEqual(yield* statusOf(token), ["active", priceMinor])
      assert.strictEqual((yield* transfers).length, 3 + 3 * 6)
    }).pipe(Effect.provide(world())))
})
