import { assert, describe, layer } from "@effect/vitest"
import { PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import {
  AccrualRules,
  EarningStore,
  EpicAccount,
  EpicId,
  PayeeAddress,
  Player,
  PlayerId,
  PlayerStore,
  SettlementRules,
  WalletLink,
  WalletStore
} from "@purser/domain/rewards"
import { playerOf } from "@purser/domain/rewards/testing"
import { Stores } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { failureOf } from "../onEveryStore.ts"
import { atomically, Ground, on, poolWith } from "../postgres/world.ts"
import { book, enroll, rowOf } from "./earningSuite.ts"
import { putOne } from "./playerSuite.ts"

/** Two pools on one database: what two processes are to each other. */
const twoPools = Effect.gen(function*() {
  const { url } = yield* Ground
  const [one, two] = yield* Effect.all([poolWith(Stores.layer, url), poolWith(Stores.layer, url)])
  return [on(one), on(two)] as const
})

type Pools = Effect.Success<typeof twoPools>
type Needs = EarningStore | PayoutStore | PlayerStore | WalletStore

/** Does one thing and keeps the transaction open until another process has begun the second. Tells how both ended. */
const duel = <A, E, B, F>(
  [one, two]: Pools,
  first: Effect.Effect<A, E, Needs>,
  second: Effect.Effect<B, F, Needs>
) =>
  Effect.gen(function*() {
    const written = yield* Deferred.make<void>()
    const held = Effect.tap(first, () => Effect.andThen(Deferred.succeed(written, undefined), Effect.sleep(50)))
    const fiber = yield* Effect.forkChild(Effect.exit(one(atomically(held))))
    yield* Deferred.await(written)
    const late = yield* Effect.exit(two(atomically(second)))
    return [yield* Fiber.join(fiber), late] as const
  })

/** Ends when the first of two was kept and the second was told that it came too late. */
const assertFirstWins = <A, E, B, F>([first, late]: readonly [Exit.Exit<A, E>, Exit.Exit<B, F>]) =>
  Effect.gen(function*() {
    assert.isTrue(Exit.isSuccess(first))
    assert.strictEqual(yield* failureOf(late), "Contended")
  })

const claimed = (playerId: PlayerId, address: string) =>
  WalletStore.use((wallets) =>
    wallets.add(
      new WalletLink({ playerId, address: PayeeAddress.make(address), linkedAtMillis: 1, effectiveAtMillis: 1 })
    )
  )

const times = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

layer(Ground.layer, { excludeTestServices: true })((it) => {
  describe("RW-3 accounts and addresses between two processes", () => {
    it.effect("give an Epic account to the first of two new players", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const epicId = EpicId.make("contested")
        const claims = ["new-a", "new-b"].map((name) => putOne(playerOf(name, { epicId })))
        yield* assertFirstWins(yield* duel(pools, claims[0]!, claims[1]!))
        const owner = yield* pools[1](PlayerStore.use(({ byEpicId }) => byEpicId(epicId)))
        assert.strictEqual(Option.getOrThrow(owner).id, "new-a")
      }))

    it.effect("give an Epic account to the first of two known players", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const epicId = EpicId.make("contested-again")
        const players = ["known-a", "known-b"].map((name) => playerOf(name, { epicId: null }))
        const stored = yield* pools[0](PlayerStore.use((store) => store.put(players)))
        const claims = stored.map((player) => putOne(new Player({ ...player, epicId })))
        yield* assertFirstWins(yield* duel(pools, claims[0]!, claims[1]!))
      }))

    it.effect("keep the first of two changes of a player", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const player = yield* pools[0](putOne(playerOf("changed-twice")))
        const changes = (["watch", "hold"] as const).map((risk) => putOne(new Player({ ...player, risk })))
        yield* assertFirstWins(yield* duel(pools, changes[0]!, changes[1]!))
        const [kept] = yield* pools[1](PlayerStore.use(({ byIds }) => byIds([player.id])))
        assert.deepInclude(kept, { risk: "watch", version: 2 })
      }))

    it.effect("give an address to the first of two players", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const [one, two] = yield* pools[0](enroll("payee-a", "payee-b"))
        yield* assertFirstWins(yield* duel(pools, claimed(one!, "ban_contested"), claimed(two!, "ban_contested")))
        const owner = yield* pools[1](WalletStore.use(({ ownerOf }) => ownerOf(PayeeAddress.make("ban_contested"))))
        assert.deepStrictEqual(owner, Option.some(one))
      }))

    it.effect("let batches of the same players pass, in whatever order they are given", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const names = times(50).map((index) => `batch-${index}`)
        yield* pools[0](enroll(...names))
        const ids = names.map((name) => PlayerId.make(name))
        const change = PlayerStore.use((players) =>
          Effect.flatMap(players.byIds(ids), (found) => players.put(found.toReversed()))
        )
        const retried = Effect.retry(change, { while: (error) => error.failure === "Contended" })
        yield* Effect.all(times(8).map((index) => pools[index % 2]!(retried)), { concurrency: "unbounded" })
        const after = yield* pools[0](PlayerStore.use(({ byIds }) => byIds(ids)))
        assert.isTrue(after.every(({ version }) => version === 9))
      }))
  })

  describe("RW-5 RW-7 rows between two processes", () => {
    it.effect("are booked once a minute", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const [playerId] = yield* pools[0](enroll("booked"))
        yield* assertFirstWins(
          yield* duel(pools, book([rowOf("booked", 1, 3)]), book([rowOf("booked", 1, 4)], 0, true))
        )
        const open = yield* pools[1](EarningStore.use((earnings) => earnings.open([playerId!], false)))
        assert.deepStrictEqual(open, [rowOf("booked", 1, 3)])
      }))

    it.effect("are put into the payout that came first", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        yield* pools[0](enroll("assigned"))
        const [shared, other] = [rowOf("assigned", 1), rowOf("assigned", 2)]
        yield* pools[0](book([shared, other]))
        const payouts = ["race-1", "race-2"].map((name) => payoutOf(name, { player: "assigned" }))
        yield* pools[0](PayoutStore.use((store) => store.add(payouts)))
        const assign = (at: number) =>
          EarningStore.use((earnings) => earnings.assign(payouts[at]!.id, [other.id, shared.id].slice(at)))
        yield* assertFirstWins(yield* duel(pools, assign(0), assign(1)))
        const inSecond = yield* pools[1](EarningStore.use((earnings) => earnings.inPayout(payouts[1]!.id)))
        assert.deepStrictEqual(inSecond, [])
      }))

    it.effect("are divided or paid, and not both", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        yield* pools[0](enroll("cut"))
        const whole = rowOf("cut", 1, 5)
        yield* pools[0](book([whole]))
        const payout = payoutOf("race-3", { player: "cut" })
        yield* pools[0](PayoutStore.use((store) => store.add([payout])))
        const divide = EarningStore.use((earnings) => earnings.split([SettlementRules.splitAt(whole, 2)]))
        const pay = EarningStore.use((earnings) => earnings.assign(payout.id, [whole.id]))
        yield* assertFirstWins(yield* duel(pools, divide, pay))
        const open = yield* pools[1](EarningStore.use((earnings) => earnings.open([whole.playerId], false)))
        assert.deepStrictEqual(open.map(({ kills }) => kills), [2, 3])
      }))
  })

  describe("RW-5 a cursor between two processes", () => {
    it.effect("stays as it was read until the booking of it ends, so that no kill is booked twice", () =>
      Effect.gen(function*() {
        const pools = yield* twoPools
        const [playerId] = yield* pools[0](enroll("reader"))
        const epicId = EpicId.make("read-by-two")
        const account = new EpicAccount({ epicId, cursorKills: 10, highWaterKills: 10 })
        yield* pools[0](EarningStore.use((earnings) => earnings.putEpicAccounts([account])))
        const accrue = (nowMillis: number) =>
          Effect.gen(function*() {
            const earnings = yield* EarningStore
            const [stored] = yield* earnings.epicAccounts([epicId])
            const booking = { playerId: playerId!, nowMillis, rateMinor: 1n, isMinuteTaken: false }
            const decided = AccrualRules.accrue(stored!, { lifetimeKills: 15 }, booking)
            yield* earnings.putEpicAccounts([decided.account])
            yield* earnings.add(decided.accrual === null ? [] : [decided.accrual], {
              atMillis: nowMillis,
              dryRun: false
            })
          })
        const [first, late] = yield* duel(pools, accrue(0), accrue(60_000))
        assert.isTrue(Exit.isSuccess(first) && Exit.isSuccess(late))
        const [owed] = yield* pools[1](EarningStore.use((earnings) => earnings.owed([playerId!], false)))
        assert.strictEqual(owed?.openKills, 5)
      }))
  })
})
