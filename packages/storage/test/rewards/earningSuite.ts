/** Tells what every store of earnings must do. */
import { assert, type Vitest } from "@effect/vitest"
import { type Payout, PayoutId, PayoutStore } from "@purser/domain/payouts"
import { payoutOf } from "@purser/domain/payouts/testing"
import {
  type Accrual,
  AccrualId,
  EarningStore,
  type KeptAccrual,
  PlayerId,
  PlayerStore,
  SettlementRules
} from "@purser/domain/rewards"
import { accrualOf, playerOf } from "@purser/domain/rewards/testing"
import type { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { failureOf } from "../onEveryStore.ts"

/** What the suites ask of a place. */
export type It = Vitest.MethodsNonLive<EarningStore | PayoutStore | PlayerStore | Transaction>

/** Stores players of these names. */
export const enroll = (...names: ReadonlyArray<string>) =>
  PlayerStore.use((players) =>
    Effect.map(players.put(names.map((name) => playerOf(name))), (stored) => stored.map(({ id }) => id))
  )

/** A whole row by the name of its player and the minute. */
export const rowOf = (name: string, epochMinute: number, kills = 1): Accrual =>
  accrualOf({ playerId: PlayerId.make(name), epochMinute, kills })

/** Books rows, in the real books unless told otherwise. */
export const book = (accruals: ReadonlyArray<Accrual>, atMillis = 0, dryRun = false) =>
  EarningStore.use((earnings) => earnings.add(accruals, { atMillis, dryRun }))

/** Makes a payout and puts rows into it. */
export const settle = Effect.fnUntraced(function*(
  name: string,
  accruals: ReadonlyArray<Accrual>,
  fields: Partial<Payout> = {}
) {
  const payout = payoutOf(name, { player: accruals[0]!.playerId, ...fields })
  yield* PayoutStore.use((payouts) => payouts.add([payout]))
  yield* EarningStore.use((earnings) => earnings.assign(payout.id, accruals.map(({ id }) => id)))
  return payout
})

const openOf = (...names: ReadonlyArray<string>) =>
  EarningStore.use((earnings) => earnings.open(names.map((name) => PlayerId.make(name)), false))

const kept = (accrual: Accrual, fields: Partial<KeptAccrual> = {}): KeptAccrual => ({
  accrual,
  bookedAtMillis: 0,
  dryRun: false,
  payoutId: null,
  ...fields
})

const booking = (it: It): void => {
  it.effect("gives back every field of a row exactly", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("exact")
      const largest = accrualOf({ playerId: playerId!, epochMinute: 2 ** 40, kills: 3, rateMinor: 3n * 10n ** 18n })
      const free = accrualOf({ playerId: playerId!, epochMinute: -1, kills: 2 ** 31, rateMinor: 0n })
      yield* book([largest], Number.MAX_SAFE_INTEGER, true)
      yield* book([free])
      assert.deepStrictEqual(yield* earnings.open([playerId!], true), [largest])
      assert.deepStrictEqual(yield* earnings.list({ playerId: playerId!, order: "oldest_first", limit: 9 }), [
        kept(free),
        kept(largest, { bookedAtMillis: Number.MAX_SAFE_INTEGER, dryRun: true })
      ])
    }))

  it.effect("books a minute of a player once, in either books, and nothing beside the second", () =>
    Effect.gen(function*() {
      yield* enroll("once", "once-too")
      yield* book([rowOf("once", 7, 5)])
      for (const dryRun of [false, true]) {
        const both = [rowOf("once-too", 7), rowOf("once", 7, 9)]
        assert.strictEqual(yield* failureOf(book(both, 1, dryRun)), "Contended")
      }
      assert.strictEqual(yield* failureOf(book([rowOf("once-too", 8), rowOf("once-too", 8)])), "Contended")
      assert.deepStrictEqual(yield* openOf("once", "once-too"), [rowOf("once", 7, 5)])
    }))

  it.effect("knows who has a row of a minute, divided or not, in either books", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const ids = yield* enroll("minute-a", "minute-b", "minute-c", "minute-d")
      yield* book([rowOf("minute-a", 5, 9), rowOf("minute-c", 6)])
      yield* book([rowOf("minute-b", 5)], 0, true)
      yield* earnings.split([SettlementRules.splitAt(rowOf("minute-a", 5, 9), 4)])
      assert.deepStrictEqual(yield* earnings.withRowOf(5, ids), new Set([ids[0]!, ids[1]!]))
      assert.deepStrictEqual(yield* earnings.withRowOf(6, [ids[0]!, ids[3]!]), new Set())
      assert.deepStrictEqual(yield* earnings.withRowOf(6, []), new Set())
    }))

  it.effect("lists what is open, oldest first, by books", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const ids = yield* enroll("open-a", "open-b")
      yield* book([rowOf("open-a", 3), rowOf("open-b", 3)], 30)
      yield* book([rowOf("open-a", 1), rowOf("open-b", 2)], 10)
      yield* book([rowOf("open-a", 4)], 5, true)
      yield* settle("open-payout", [rowOf("open-b", 2)])
      const rows = [rowOf("open-a", 1), rowOf("open-a", 3), rowOf("open-b", 3)]
      assert.deepStrictEqual(yield* earnings.open([...ids, ids[0]!], false), rows)
      assert.deepStrictEqual(yield* earnings.open(ids, true), [rowOf("open-a", 4)])
      assert.deepStrictEqual(yield* earnings.open([], false), [])
    }))

  it.effect("pages through who is owed something, by books", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("zz-e", "zz-b", "zz-d", "zz-a")
      const [a, b, e] = [PlayerId.make("zz-a"), PlayerId.make("zz-b"), PlayerId.make("zz-e")]
      yield* book(["zz-b", "zz-d", "zz-e"].flatMap((name) => [rowOf(name, 1), rowOf(name, 2)]))
      yield* book([rowOf("zz-a", 1)], 0, true)
      yield* settle("zz-payout", [rowOf("zz-d", 1), rowOf("zz-d", 2)])
      const after = PlayerId.make("zz-")
      assert.deepStrictEqual(yield* earnings.owedPlayers({ dryRun: false, after, limit: 1 }), [b])
      assert.deepStrictEqual(yield* earnings.owedPlayers({ dryRun: false, after: b, limit: 9 }), [e])
      assert.deepStrictEqual(yield* earnings.owedPlayers({ dryRun: true, after, limit: 9 }), [a])
      assert.isTrue((yield* earnings.owedPlayers({ dryRun: false, limit: 1 }))[0]! < "zz-")
    }))
}

const settling = (it: It): void => {
  it.effect("puts rows into one payout and no other", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("assigned")
      const [first, second, third] = [rowOf("assigned", 1), rowOf("assigned", 2), rowOf("assigned", 3)]
      yield* book([first, second, third])
      const payout = yield* settle("assigned-1", [first, second, first])
      const other = payoutOf("assigned-2", { player: "assigned" })
      yield* PayoutStore.use((payouts) => payouts.add([other]))
      for (const ids of [[third.id, first.id], [third.id, AccrualId.make("unknown")]]) {
        assert.strictEqual(yield* failureOf(earnings.assign(other.id, ids)), "Contended")
      }
      assert.strictEqual(yield* failureOf(earnings.assign(payout.id, [first.id])), "Contended")
      yield* earnings.assign(other.id, [])
      assert.deepStrictEqual(yield* earnings.inPayout(payout.id), [first, second])
      assert.deepStrictEqual(yield* earnings.inPayout(other.id), [])
      assert.deepStrictEqual(yield* openOf("assigned"), [third])
    }))

  it.effect("releases the rows of a payout, and remembers whose they were until another has them", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("released")
      const rows = [rowOf("released", 1), rowOf("released", 2), rowOf("released", 3)]
      yield* book(rows)
      const { id } = yield* settle("released-1", rows.slice(0, 2))
      assert.deepStrictEqual(yield* earnings.lastIn(id), rows.slice(0, 2).map((row) => kept(row, { payoutId: id })))
      assert.deepStrictEqual(yield* earnings.release(id), rows.slice(0, 2).map((row) => row.id))
      assert.deepStrictEqual(yield* earnings.release(id), [])
      assert.deepStrictEqual([yield* earnings.inPayout(id), yield* openOf("released")], [[], rows])
      assert.deepStrictEqual(yield* earnings.lastIn(id), rows.slice(0, 2).map((row) => kept(row)))
      const { id: next } = yield* settle("released-2", rows.slice(1))
      assert.deepStrictEqual(yield* earnings.lastIn(id), [kept(rows[0]!)])
      assert.deepStrictEqual(yield* earnings.release(id), [])
      assert.deepStrictEqual(yield* earnings.inPayout(next), rows.slice(1))
      assert.deepStrictEqual(yield* earnings.lastIn(PayoutId.make("unheard")), [])
    }))

  it.effect("divides rows that are in no payout, each in its books and at its time", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("divided")
      const [whole, other, dry] = [rowOf("divided", 1, 10), rowOf("divided", 2, 4), rowOf("divided", 3, 5)]
      yield* book([whole], 10)
      yield* book([other], 20)
      yield* book([dry], 30, true)
      const [first, second] = [SettlementRules.splitAt(whole, 4), SettlementRules.splitAt(dry, 1)]
      yield* earnings.split([first, second])
      yield* earnings.split([])
      const again = SettlementRules.splitAt(first.rest, 1)
      yield* earnings.split([again])
      assert.deepStrictEqual(yield* earnings.list({ playerId: playerId!, order: "oldest_first", limit: 9 }), [
        ...[first.paid, again.paid, again.rest].map((row) => kept(row, { bookedAtMillis: 10 })),
        kept(other, { bookedAtMillis: 20 }),
        ...[second.paid, second.rest].map((row) => kept(row, { bookedAtMillis: 30, dryRun: true }))
      ])
    }))

  it.effect("divides nothing when one of several is in a payout, gone or unknown", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("whole")
      const [free, paid] = [rowOf("whole", 1, 2), rowOf("whole", 2, 2)]
      yield* book([free, paid])
      yield* settle("whole-1", [paid])
      const split = SettlementRules.splitAt(free, 1)
      for (const other of [SettlementRules.splitAt(paid, 1), SettlementRules.splitAt(rowOf("whole", 3, 2), 1), split]) {
        assert.strictEqual(yield* failureOf(earnings.split([split, other])), "Contended")
      }
      assert.deepStrictEqual(yield* openOf("whole"), [free])
      yield* earnings.split([split])
      assert.strictEqual(yield* failureOf(earnings.split([split])), "Contended")
      assert.deepStrictEqual(yield* openOf("whole"), [split.paid, split.rest])
    }))

  it.effect("refuses parts that are there already, and keeps the whole", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("parted")
      const split = SettlementRules.splitAt(rowOf("parted", 1, 9), 4)
      yield* book([split.whole])
      yield* earnings.split([split])
      const clash = { ...SettlementRules.splitAt(split.rest, 1), rest: split.paid }
      assert.strictEqual(yield* failureOf(earnings.split([clash])), "Broken")
      assert.deepStrictEqual(yield* openOf("parted"), [split.paid, split.rest])
    }))

  it.effect("keeps the last payout of a row that is divided after its release", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("inherited")
      const whole = rowOf("inherited", 1, 5)
      yield* book([whole])
      const { id } = yield* settle("inherited-1", [whole])
      yield* earnings.release(id)
      const { paid, rest } = SettlementRules.splitAt(whole, 2)
      yield* earnings.split([{ whole, paid, rest }])
      yield* settle("inherited-2", [paid])
      assert.deepStrictEqual(yield* earnings.lastIn(id), [kept(rest)])
    }))

  it.effect("removes what is open of one player, and tells what it was", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [gone] = yield* enroll("gone", "stays")
      yield* book([rowOf("gone", 2), rowOf("gone", 3), rowOf("stays", 2)], 20)
      yield* book([rowOf("gone", 1)], 10, true)
      const payout = yield* settle("gone-1", [rowOf("gone", 3)])
      assert.deepStrictEqual(yield* earnings.removeOpen(gone!), [
        kept(rowOf("gone", 1), { bookedAtMillis: 10, dryRun: true }),
        kept(rowOf("gone", 2), { bookedAtMillis: 20 })
      ])
      assert.deepStrictEqual(yield* earnings.removeOpen(gone!), [])
      assert.deepStrictEqual(yield* earnings.inPayout(payout.id), [rowOf("gone", 3)])
      assert.deepStrictEqual(yield* openOf("gone", "stays"), [rowOf("stays", 2)])
    }))
}

/** The part of the suite about rows and payouts. */
export const earningSuite = (it: It): void => {
  booking(it)
  settling(it)
}
