import { assert, describe, it } from "@effect/vitest"
import { PaymentId, ServiceToken, TicketStore, TokenKeys } from "@purser/domain/tickets"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { createHash, createHmac } from "node:crypto"
import {
  confirmations,
  id8Of,
  key,
  keyA,
  look,
  openBooks,
  payInFull,
  pidOf,
  redeem,
  useCases,
  world
} from "../world.ts"

const pid = pidOf(1)
const keyB = key("b", 2)

const tokenOf = (of: PaymentId) =>
  Effect.map(redeem(of), (answer) => {
    assert(answer._tag === "Redeemed")
    return ServiceToken.toHex(answer.token)
  })
const claimOf = (of: PaymentId) =>
  TicketStore.use((tickets) => Effect.map(tickets.byId8(id8Of(of)), (ticket) => Option.getOrThrow(ticket).claim!))

/** Redeems at a desk that has other keys or settings, over the same books. */
const atDesk = (...parts: Parameters<typeof useCases>) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.provide(effect, useCases(...parts), { local: true })

const paid = Effect.flatMap(openBooks, (wallet) => Effect.as(payInFull(wallet, pid), wallet))

describe("TK-4 tokens of claims", () => {
  it.effect("are format 2 unless settings say otherwise", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const payment = wallet.payments.get(yield* payInFull(wallet, pid))!
      const expected = createHmac("sha3-256", new Uint8Array(32).fill(1)).update("purser/token/v2")
        .update(PaymentId.toBytes(pid)).update(payment.transactionId).digest("hex")
      assert.strictEqual(yield* tokenOf(pid), expected)
      const { format, keyId, tokenHash, transactionId } = yield* claimOf(pid)
      assert.deepStrictEqual([format, keyId, transactionId], [2, "a", payment.transactionId])
      const token = Result.getOrThrow(ServiceToken.parse(expected))
      assert.strictEqual(tokenHash, ServiceToken.hash(token))
    }).pipe(Effect.provide(world())))

  it.effect("are format 1 for older clients", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const { transactionId } = wallet.payments.get(yield* payInFull(wallet, pid))!
      const expected = createHash("sha3-256").update(`${PaymentId.toHex(pid)}|${transactionId}`).digest("hex")
      assert.strictEqual(yield* tokenOf(pid), expected)
      assert.deepInclude({ ...yield* claimOf(pid) }, { format: 1, keyId: null })
    }).pipe(Effect.provide(world({ tokenFormat: 1 }))))

  it.effect("are made from the credited payment in the lowest block", () =>
    Effect.gen(function*() {
      const wallet = yield* openBooks
      const first = wallet.payments.get(wallet.pay(id8Of(pid), 1n))!
      wallet.mine()
      wallet.pay(id8Of(pid))
      wallet.mine(confirmations)
      yield* look(wallet)
      yield* redeem(pid)
      assert.strictEqual((yield* claimOf(pid)).transactionId, first.transactionId)
    }).pipe(Effect.provide(world())))

  it.effect("stay the same when the format changes", () =>
    Effect.gen(function*() {
      yield* paid
      const first = yield* tokenOf(pid)
      assert.strictEqual(yield* tokenOf(pid).pipe(atDesk({ tokenFormat: 1 })), first)
    }).pipe(Effect.provide(world())))
})

describe("TK-4 token keys in turn", () => {
  it.effect("make new tokens with the new key and repeat old ones with the old", () =>
    Effect.gen(function*() {
      const wallet = yield* paid
      const first = yield* tokenOf(pid)
      yield* payInFull(wallet, pidOf(2))
      const turned = atDesk({}, TokenKeys.layer(keyB, keyA))
      assert.strictEqual(yield* turned(tokenOf(pid)), first)
      const second = yield* turned(tokenOf(pidOf(2)))
      assert.strictEqual((yield* claimOf(pidOf(2))).keyId, "b")
      assert.strictEqual(yield* tokenOf(pidOf(2)).pipe(atDesk({}, TokenKeys.layer(key("c", 3), keyA, keyB))), second)
    }).pipe(Effect.provide(world())))

  it.effect.each([
    ["is gone", TokenKeys.layer(keyB)],
    ["is another under the same name", TokenKeys.layer(key("a", 9))]
  ])("stop with a defect when a key %s, and make no other token", ([, keys]) =>
    Effect.gen(function*() {
      yield* paid
      const first = yield* tokenOf(pid)
      const exit = yield* Effect.exit(redeem(pid).pipe(atDesk({}, keys as ReturnType<typeof TokenKeys.layer>)))
      assert.isTrue(Exit.isFailure(exit))
      const defect = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
      assert.deepInclude({ ...defect as object }, { _tag: "TokenKeyLost", keyId: "a" })
      assert.include(String((defect as Error).message), "token key a")
      assert.strictEqual(yield* tokenOf(pid), first)
    }).pipe(Effect.provide(world())))

  it.effect("do not matter to format 1", () =>
    Effect.gen(function*() {
      yield* paid
      const first = yield* tokenOf(pid)
      assert.strictEqual(yield* tokenOf(pid).pipe(atDesk({}, TokenKeys.layer(keyB))), first)
    }).pipe(Effect.provide(world({ tokenFormat: 1 }))))
})
