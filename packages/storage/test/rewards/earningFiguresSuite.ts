/** Tells what every store of earnings must answer about cursors, caps, sums and pages. */
import { assert } from "@effect/vitest"
import { BlockReference, Payout, PayoutStore } from "@purser/domain/payouts"
import {
  AccrualId,
  type AccrualQuery,
  EarningStore,
  EpicAccount,
  EpicId,
  PlayerId,
  SettlementRules
} from "@purser/domain/rewards"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { book, enroll, type It, rowOf, settle } from "./earningSuite.ts"

const account = (name: string, cursorKills: number | null, highWaterKills: number | null): EpicAccount =>
  new EpicAccount({ epicId: EpicId.make(name), cursorKills, highWaterKills })

const put = (...accounts: ReadonlyArray<EpicAccount>) =>
  EarningStore.use((earnings) => earnings.putEpicAccounts(accounts))

const accountsOf = (...names: ReadonlyArray<string>) =>
  EarningStore.use((earnings) =>
    Effect.map(
      earnings.epicAccounts(names.map((name) => EpicId.make(name))),
      (found) => found.toSorted((left, right) => left.epicId < right.epicId ? -1 : 1)
    )
  )

const reading = (it: It): void => {
  it.effect("remembers how far accounts were read, also where nothing is known", () =>
    Effect.gen(function*() {
      const [one, two] = [
        account("read-a", Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
        account("read-b", null, null)
      ]
      yield* put(one, two)
      yield* put()
      assert.deepStrictEqual(yield* accountsOf("read-b", "unread", "read-a", "read-b"), [one, two])
      assert.deepStrictEqual(yield* accountsOf(), [])
      yield* put(account("read-b", 0, 0))
      assert.deepStrictEqual(yield* accountsOf("read-b"), [account("read-b", 0, 0)])
    }))

  it.effect("never lowers a high-water mark, whatever is given", () =>
    Effect.gen(function*() {
      for (const [given, mark] of [[5, 5], [3, 5], [null, 5], [5, 5], [8, 8], [0, 8]] as const) {
        yield* put(account("marked", given, given))
        assert.deepStrictEqual(yield* accountsOf("marked"), [account("marked", given, mark)])
      }
      yield* put(account("twice", 1, 9), account("twice", null, null), account("twice", 2, 4))
      assert.deepStrictEqual(yield* accountsOf("twice"), [account("twice", 2, 9)])
    }))

  it.effect("forgets cursor and row together when their transaction is undone", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("undone-row")
      yield* put(account("undone-epic", 1, 1))
      const body = Effect.andThen(put(account("undone-epic", 9, 9)), book([rowOf("undone-row", 1, 8)]))
      assert.strictEqual(yield* Effect.flip(atomically(Effect.andThen(body, Effect.fail("no")))), "no")
      assert.deepStrictEqual(yield* accountsOf("undone-epic"), [account("undone-epic", 1, 1)])
      assert.deepStrictEqual(yield* earnings.open([playerId!], false), [])
    }))

  it.effect("leaves the transaction around a refusal usable", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("around-row")
      yield* book([rowOf("around-row", 1)])
      yield* atomically(Effect.andThen(Effect.exit(book([rowOf("around-row", 1)])), book([rowOf("around-row", 2)])))
      assert.strictEqual((yield* earnings.open([playerId!], false)).length, 2)
    }))

  it.effect("takes new accounts, rows and payouts by thousands", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const names = Array.from({ length: 1500 }, (_, index) => `many-row-${index}`)
      const ids = yield* enroll(...names)
      yield* put(...names.map((name, index) => account(name, index, index)))
      const rows = names.map((name) => rowOf(name, 1, 3))
      yield* book(rows)
      assert.strictEqual((yield* earnings.epicAccounts(names.map((name) => EpicId.make(name)))).length, 1500)
      const splits = rows.map((row) => SettlementRules.splitAt(row, 1))
      yield* earnings.split(splits)
      yield* settle("many-payout", splits.map(({ paid }) => paid))
      assert.strictEqual((yield* earnings.open(ids, false)).length, 1500)
      assert.strictEqual((yield* earnings.withRowOf(1, ids)).size, 1500)
      const { rateMinor } = rows[0]!
      for (const owed of yield* earnings.owed(ids, false)) {
        assert.deepInclude(owed, { openMinor: 2n * rateMinor, openKills: 2, settledMinor: rateMinor })
      }
    }))
}

const windows = { dayStartMillis: 200, weekStartMillis: 100 }

const figuring = (it: It): void => {
  it.effect("counts what was used of the caps, from the first moment of day and week", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [capped, idle] = yield* enroll("capped", "idle")
      const rows = [1, 2, 3, 4, 5].map((minute) => rowOf("capped", minute, 10 ** minute))
      yield* book(rows)
      yield* settle("capped-before", rows.slice(0, 1), { queuedAtMillis: 99 })
      yield* settle("capped-week", rows.slice(1, 2), {
        queuedAtMillis: 100,
        status: "sent",
        block: BlockReference.make("capped")
      })
      yield* settle("capped-day", rows.slice(2, 4), { queuedAtMillis: 200 })
      assert.deepStrictEqual(yield* earnings.used([idle!, capped!, idle!], { windows, dryRun: false }), [
        { playerId: idle!, payouts: { inDay: 0, inWeek: 0 }, kills: { inDay: 0, inWeek: 0 } },
        { playerId: capped!, payouts: { inDay: 1, inWeek: 2 }, kills: { inDay: 11_000, inWeek: 11_100 } }
      ])
      assert.deepStrictEqual(yield* earnings.used([], { windows, dryRun: false }), [])
    }))

  it.effect("remembers who earned on an account, also when the rows are gone", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [first, second] = yield* enroll("earner-a", "earner-b")
      const rows = [rowOf("earner-a", 1), rowOf("earner-a", 2), rowOf("earner-b", 1)]
      yield* book(rows)
      yield* earnings.removeOpen(second!)
      const epicIds = [...new Set(rows.map(({ epicId }) => epicId))]
      const found = yield* earnings.earners([...epicIds, ...epicIds, EpicId.make("nobody's")])
      const expected = new Set(rows.map(({ epicId, playerId }) => `${epicId} ${playerId}`))
      assert.deepStrictEqual(new Set(found.map(({ epicId, playerId }) => `${epicId} ${playerId}`)), expected)
      assert.strictEqual(found.length, expected.size)
      assert.isTrue(found.some(({ playerId }) => playerId === first))
      assert.deepStrictEqual(yield* earnings.earners([]), [])
    }))

  it.effect("counts no payout that failed", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("failing")
      const rows = [rowOf("failing", 1, 3), rowOf("failing", 2, 5)]
      yield* book(rows)
      const released = yield* settle("failing-1", rows.slice(0, 1), { queuedAtMillis: 300 })
      yield* earnings.release(released.id)
      yield* settle("failing-2", rows.slice(1), { queuedAtMillis: 300, status: "failed" })
      const none = { playerId: playerId!, payouts: { inDay: 0, inWeek: 0 }, kills: { inDay: 0, inWeek: 0 } }
      assert.deepStrictEqual(yield* earnings.used([playerId!], { windows, dryRun: false }), [none])
      yield* settle("failing-3", rows.slice(0, 1), { queuedAtMillis: 300 })
      assert.deepInclude((yield* earnings.used([playerId!], { windows, dryRun: false }))[0], {
        payouts: { inDay: 1, inWeek: 1 },
        kills: { inDay: 3, inWeek: 3 }
      })
    }))

  it.effect("counts a payout that was taken up again by its last round", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const payouts = yield* PayoutStore
      const [playerId] = yield* enroll("round")
      yield* book([rowOf("round", 1)])
      const payout = yield* settle("round-1", [rowOf("round", 1)], { queuedAtMillis: 50 })
      const inWeek = Effect.map(
        earnings.used([playerId!], { windows, dryRun: false }),
        ([used]) => used!.payouts.inWeek
      )
      assert.strictEqual(yield* inWeek, 0)
      yield* payouts.move(
        payout,
        new Payout({ ...payout, queuedAtMillis: 150, round: 1 })
      )
      assert.strictEqual(yield* inWeek, 1)
    }))

  it.effect("keeps what a dry run used apart", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [playerId] = yield* enroll("dry")
      yield* book([rowOf("dry", 1, 2)], 0, true)
      yield* settle("dry-1", [rowOf("dry", 1, 2)], { queuedAtMillis: 200, status: "simulated", dryRun: true })
      const kills = (dryRun: boolean) =>
        Effect.map(earnings.used([playerId!], { windows, dryRun }), ([used]) => used!.kills.inDay)
      assert.deepStrictEqual([yield* kills(true), yield* kills(false)], [2, 0])
    }))

  it.effect("sums what players are owed and were paid, by books", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      const [owed, idle] = yield* enroll("owed", "owed-idle")
      const rows = [rowOf("owed", 1, 2), rowOf("owed", 2, 3), rowOf("owed", 3, 4)]
      yield* book(rows)
      yield* book([rowOf("owed", 4, 100)], 0, true)
      yield* settle("owed-1", rows.slice(0, 1))
      const { rateMinor } = rows[0]!
      const nothing = { openMinor: 0n, openKills: 0, settledMinor: 0n }
      assert.deepStrictEqual(yield* earnings.owed([owed!, idle!, owed!], false), [
        { playerId: owed!, openMinor: 7n * rateMinor, openKills: 7, settledMinor: 2n * rateMinor },
        { playerId: idle!, ...nothing }
      ])
      assert.deepStrictEqual(yield* earnings.owed([owed!], true), [
        { playerId: owed!, openMinor: 100n * rateMinor, openKills: 100, settledMinor: 0n }
      ])
      assert.deepStrictEqual(yield* earnings.owed([PlayerId.make("owed-nobody")], false), [
        { playerId: PlayerId.make("owed-nobody"), ...nothing }
      ])
      assert.deepStrictEqual(yield* earnings.owed([], false), [])
    }))
}

type Asked = Omit<AccrualQuery, "playerId">

const listOf = (name: string, asked: Asked) =>
  EarningStore.use((earnings) =>
    Effect.map(
      earnings.list({ playerId: PlayerId.make(name), ...asked }),
      (rows) => rows.map(({ accrual }) => accrual.id)
    )
  )

const behindParting = (order: AccrualQuery["order"], after: AccrualId) => listOf("parting", { order, after, limit: 9 })

const paging = (it: It): void => {
  it.effect("pages from either end, by time and then id, with rows of one kind", () =>
    Effect.gen(function*() {
      yield* enroll("paged", "paged-other")
      yield* book([rowOf("paged", 5), rowOf("paged", 4), rowOf("paged", 3)], 20)
      yield* book([rowOf("paged", 9)], 10)
      yield* book([rowOf("paged", 1)], 30, true)
      yield* book([rowOf("paged-other", 4)], 20)
      yield* settle("paged-1", [rowOf("paged", 4), rowOf("paged", 1)])
      const all = ["paged:9", "paged:3", "paged:4", "paged:5", "paged:1"]
      assert.deepStrictEqual(yield* listOf("paged", { order: "oldest_first", limit: 9 }), all)
      assert.deepStrictEqual(yield* listOf("paged", { order: "newest_first", limit: 9 }), all.toReversed())
      const after = AccrualId.make("paged:4")
      assert.deepStrictEqual(yield* listOf("paged", { order: "oldest_first", after, limit: 1 }), ["paged:5"])
      assert.deepStrictEqual(yield* listOf("paged", { order: "newest_first", after, limit: 9 }), ["paged:3", "paged:9"])
      const [settled, open] = [{ isSettled: true, limit: 9 }, { isSettled: false, limit: 9 }]
      assert.deepStrictEqual(yield* listOf("paged", { order: "newest_first", ...settled }), ["paged:1", "paged:4"])
      assert.deepStrictEqual(yield* listOf("paged", { order: "oldest_first", after, ...open }), ["paged:5"])
    }))

  it.effect("shows no row twice and leaves none out while rows are added", () =>
    Effect.gen(function*() {
      yield* enroll("growing")
      yield* book([rowOf("growing", 1)], 10)
      yield* book([rowOf("growing", 2)], 20)
      const first = yield* listOf("growing", { order: "newest_first", limit: 1 })
      yield* book([rowOf("growing", 3)], 30)
      assert.deepStrictEqual(first, ["growing:2"])
      assert.deepStrictEqual(yield* listOf("growing", { order: "newest_first", after: first[0]!, limit: 9 }), [
        "growing:1"
      ])
      assert.deepStrictEqual(yield* listOf("growing", { order: "oldest_first", after: first[0]!, limit: 9 }), [
        "growing:3"
      ])
    }))

  it.effect("goes on behind a row that was divided meanwhile", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      yield* enroll("parting")
      for (const minute of [1, 2, 3]) yield* book([rowOf("parting", minute, 9)], minute)
      const split = SettlementRules.splitAt(rowOf("parting", 2, 9), 4)
      yield* earnings.split([split])
      const parts = [split.paid.id, split.rest.id]
      assert.deepStrictEqual(yield* behindParting("newest_first", split.whole.id), ["parting:1"])
      assert.deepStrictEqual(yield* behindParting("oldest_first", split.whole.id), [...parts, "parting:3"])
      assert.deepStrictEqual(yield* behindParting("oldest_first", parts[0]!), [parts[1], "parting:3"])
    }))

  it.effect("has no page behind what is unknown or another player's", () =>
    Effect.gen(function*() {
      yield* enroll("strange", "strange-other")
      yield* book([rowOf("strange", 1), rowOf("strange", 22), rowOf("strange-other", 1)])
      for (const after of ["strange:2", "strange-other:1", "strange", "nonsense#1"]) {
        const query = { order: "oldest_first", after: AccrualId.make(after), limit: 9 } as const
        assert.deepStrictEqual(yield* listOf("strange", query), [])
      }
    }))

  it.effect("takes a page out of bounds for a fault", () =>
    Effect.gen(function*() {
      const earnings = yield* EarningStore
      for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
        const asked: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          earnings.owedPlayers({ dryRun: false, limit }),
          earnings.list({ playerId: PlayerId.make("nobody"), order: "oldest_first", limit })
        ]
        for (const ask of asked) assert.isTrue(Exit.hasDies(yield* Effect.exit(ask)))
      }
    }))

  it.effect("gives a row to one of 8 payouts that claim it at once", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      yield* enroll("rush-row")
      const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((minute) => rowOf("rush-row", minute))
      yield* book(rows)
      const answers = yield* Effect.all(
        rows.slice(1).map((row, index) => Effect.exit(atomically(settle(`rush-row-${index}`, [row, rows[0]!])))),
        { concurrency: "unbounded" }
      )
      const winners = answers.filter(Exit.isSuccess)
      assert.strictEqual(winners.length, 1)
      assert.strictEqual((yield* EarningStore.use(({ inPayout }) => inPayout(winners[0]!.value.id))).length, 2)
    }))
}

/** The part of the suite about figures. */
export const earningFiguresSuite = (it: It): void => {
  reading(it)
  figuring(it)
  paging(it)
}
