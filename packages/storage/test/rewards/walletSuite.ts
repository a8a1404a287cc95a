/** Tells what every store of wallets must do. */
import { assert, type Vitest } from "@effect/vitest"
import { PayeeAddress, PlayerId, PlayerStore, WalletLink, WalletStore } from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { failureOf } from "../onEveryStore.ts"

type It = Vitest.MethodsNonLive<PlayerStore | WalletStore | Transaction>

const link = (player: string, address: string, linkedAtMillis: number): WalletLink =>
  new WalletLink({
    playerId: PlayerId.make(player),
    address: PayeeAddress.make(address),
    linkedAtMillis,
    effectiveAtMillis: linkedAtMillis + 5
  })

const enroll = (...names: ReadonlyArray<string>) =>
  PlayerStore.use((players) => players.put(names.map((name) => playerOf(name))))

const ownerOf = (address: string) => WalletStore.use((wallets) => wallets.ownerOf(PayeeAddress.make(address)))

const linksOf = (...names: ReadonlyArray<string>) =>
  WalletStore.use((wallets) => wallets.links(names.map((name) => PlayerId.make(name))))

const add = (...links: ReadonlyArray<WalletLink>) =>
  WalletStore.use((wallets) => Effect.forEach(links, wallets.add, { discard: true }))

/** The suite. */
export const walletSuite = (it: It): void => {
  it.effect("lists links of players, oldest first", () =>
    Effect.gen(function*() {
      yield* enroll("linked-a", "linked-b", "linked-c")
      const [late, early, back] = [
        link("linked-a", "ban_late", 30),
        link("linked-a", "ban_early", 10),
        link("linked-a", "ban_early", 40)
      ]
      const [other, last] = [
        link("linked-b", "ban_other", 20),
        link("linked-c", "ban_last", Number.MAX_SAFE_INTEGER - 5)
      ]
      yield* add(late, early, back, other, last)
      assert.deepStrictEqual(yield* linksOf("linked-a"), [early, late, back])
      assert.deepStrictEqual(yield* linksOf("linked-b", "linked-a", "nobody", "linked-b"), [early, other, late, back])
      assert.deepStrictEqual(yield* linksOf("linked-c"), [last])
      assert.deepStrictEqual(yield* linksOf(), [])
    }))

  it.effect("leaves an address with who gave it first, after a change too", () =>
    Effect.gen(function*() {
      yield* enroll("first", "second")
      assert.deepStrictEqual(yield* ownerOf("ban_1"), Option.none())
      yield* add(link("first", "ban_1", 1), link("first", "ban_2", 2))
      assert.strictEqual(yield* failureOf(add(link("second", "ban_1", 3))), "Contended")
      assert.strictEqual(yield* failureOf(add(link("second", "ban_2", 3))), "Contended")
      assert.deepStrictEqual(yield* ownerOf("ban_1"), Option.some(PlayerId.make("first")))
      assert.deepStrictEqual([yield* linksOf("second"), (yield* linksOf("first")).length], [[], 2])
    }))

  it.effect("keeps one link of a player and moment, and no address of the one refused", () =>
    Effect.gen(function*() {
      yield* enroll("moment")
      yield* add(link("moment", "ban_now", 1))
      for (const address of ["ban_now", "ban_then"]) {
        assert.strictEqual(yield* failureOf(add(link("moment", address, 1))), "Contended")
      }
      assert.deepStrictEqual(yield* linksOf("moment"), [link("moment", "ban_now", 1)])
      assert.deepStrictEqual(yield* ownerOf("ban_then"), Option.none())
    }))

  it.effect("leaves the transaction around a refusal usable", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      yield* enroll("around", "within")
      yield* add(link("around", "ban_around", 1))
      const refused = Effect.exit(add(link("within", "ban_around", 1)))
      yield* atomically(Effect.andThen(refused, add(link("within", "ban_within", 2))))
      assert.deepStrictEqual(yield* linksOf("within"), [link("within", "ban_within", 2)])
    }))

  it.effect("forgets the links of one player and frees the addresses", () =>
    Effect.gen(function*() {
      const wallets = yield* WalletStore
      yield* enroll("gone", "heir", "bystander")
      yield* add(link("gone", "ban_gone", 1), link("gone", "ban_gone2", 2), link("bystander", "ban_stays", 1))
      yield* wallets.forget(PlayerId.make("gone"))
      yield* wallets.forget(PlayerId.make("gone"))
      assert.deepStrictEqual([yield* linksOf("gone"), yield* ownerOf("ban_gone2")], [[], Option.none()])
      yield* add(link("heir", "ban_gone", 3))
      assert.deepStrictEqual(yield* ownerOf("ban_gone"), Option.some(PlayerId.make("heir")))
      assert.deepStrictEqual(yield* linksOf("bystander"), [link("bystander", "ban_stays", 1)])
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      yield* enroll("undone-wallet")
      const body = Effect.andThen(add(link("undone-wallet", "ban_undone", 1)), Effect.fail("no"))
      assert.strictEqual(yield* Effect.flip(atomically(body)), "no")
      assert.deepStrictEqual([yield* linksOf("undone-wallet"), yield* ownerOf("ban_undone")], [[], Option.none()])
    }))

  it.effect("gives an address to one of 16 who claim it at once", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const names = Array.from({ length: 16 }, (_, index) => `address-rush-${index}`)
      yield* enroll(...names)
      const answers = yield* Effect.all(
        names.map((name) => Effect.exit(atomically(add(link(name, "ban_rush", 1))))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(answers.filter(Exit.isSuccess).length, 1)
      assert.strictEqual((yield* linksOf(...names)).length, 1)
    }))
}
