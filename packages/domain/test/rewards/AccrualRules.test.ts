import { assert, describe, it } from "@effect/vitest"
import { AccrualRules, EpicAccount, EpicId, PlayerId } from "@purser/domain/rewards"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

const account = (cursorKills: number | null, highWaterKills: number | null) =>
  new EpicAccount({ epicId: EpicId.make("epic-1"), cursorKills, highWaterKills })

const booking = (minute: number, isMinuteTaken = false): AccrualRules.Booking => ({
  playerId: PlayerId.make("player-1"),
  nowMillis: minute * 60_000 + 59_999,
  rateMinor: AccrualRules.defaultRateMinor,
  isMinuteTaken
})

type Marks = readonly [cursorKills: number | null, highWaterKills: number | null]

const read = (marks: Marks, lifetimeKills: number | null, isMinuteTaken = false) => {
  const seen = AccrualRules.accrue(account(...marks), { lifetimeKills }, booking(7, isMinuteTaken))
  return [seen.account.cursorKills, seen.account.highWaterKills, seen.accrual?.kills ?? null]
}

describe("RW-5 RW-13 a reading of lifetime kills", () => {
  it.each([
    { title: "unknown without a baseline", cursor: null, high: null, lifetime: null, gives: [null, null, null] },
    { title: "unknown after a re-link", cursor: null, high: 90, lifetime: null, gives: [null, 90, null] },
    { title: "unknown with a baseline", cursor: 50, high: 90, lifetime: null, gives: [50, 90, null] },
    { title: "the first", cursor: null, high: null, lifetime: 5000, gives: [5000, 5000, null] },
    { title: "the first of zero", cursor: null, high: null, lifetime: 0, gives: [0, 0, null] },
    { title: "below the mark after a re-link", cursor: null, high: 90, lifetime: 40, gives: [90, 90, null] },
    { title: "above the mark after a re-link", cursor: null, high: 90, lifetime: 95, gives: [95, 95, null] },
    { title: "the same", cursor: 50, high: 50, lifetime: 50, gives: [50, 50, null] },
    { title: "higher by one", cursor: 50, high: 50, lifetime: 51, gives: [51, 51, 1] },
    { title: "lower, as after a reset", cursor: 50, high: 90, lifetime: 3, gives: [50, 90, null] },
    { title: "higher from zero", cursor: 0, high: 0, lifetime: 12, gives: [12, 12, 12] }
  ])("$title gives $gives", ({ cursor, gives, high, lifetime }) => {
    assert.deepStrictEqual(read([cursor, high], lifetime), gives)
  })

  it("earns no lifetime after a failed first read", () => {
    const failed = AccrualRules.seedBaseline(account(null, null), { lifetimeKills: null })
    const { account: after, accrual } = AccrualRules.accrue(failed, { lifetimeKills: 5000 }, booking(7))
    assert.deepStrictEqual([failed.cursorKills, after.cursorKills, accrual], [null, 5000, null])
  })

  it("keeps a baseline that is set", () => {
    assert.strictEqual(AccrualRules.seedBaseline(account(50, 50), { lifetimeKills: 90 }).cursorKills, 50)
  })

  it("keeps for later what falls into a booked minute", () => {
    assert.deepStrictEqual(read([50, 50], 60, true), [50, 60, null])
    assert.deepStrictEqual(read([50, 60], 60), [60, 60, 10])
  })

  it("forgets the baseline and not the mark when linked anew", () => {
    const { cursorKills, highWaterKills } = AccrualRules.relink(account(50, 90))
    assert.deepStrictEqual([cursorKills, highWaterKills], [null, 90])
  })

  it("freezes rate, amount, minute and identity in the row", () => {
    const { accrual } = AccrualRules.accrue(account(1, 1), { lifetimeKills: 4 }, booking(7))
    assert.deepStrictEqual({ ...accrual }, {
      id: "player-1:7" as never,
      playerId: PlayerId.make("player-1"),
      epicId: EpicId.make("epic-1"),
      epochMinute: 7,
      kills: 3,
      rateMinor: 210_000_000n,
      amountMinor: 630_000_000n
    })
  })
})

describe("RW-5 RW-15 an absurd reading", () => {
  it.each([9_007_199_254_740_991, 1_000_101])(
    "of %d books nothing, moves nothing, and stops nobody else",
    (lifetimeKills) => {
      const before = account(100, 100)
      const { account: after, accrual } = AccrualRules.accrue(before, { lifetimeKills }, booking(7))
      assert.strictEqual(accrual, null)
      assert.deepStrictEqual(after, before)
    }
  )

  it("is one that is worth more than an account holds", () => {
    const dear = { ...booking(7), rateMinor: 10n ** 16n }
    assert.strictEqual(AccrualRules.accrue(account(0, 0), { lifetimeKills: 11 }, dear).accrual, null)
    assert.strictEqual(AccrualRules.accrue(account(0, 0), { lifetimeKills: 10 }, dear).accrual?.kills, 10)
  })
})

const kills = Schema.NullOr(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })))
const step = Schema.Struct({ kills, isLinkedAnew: Schema.Literals([false, false, false, true]), wait: Schema.Boolean })
const steps = Arbitrary.array(Arbitrary.schema(step), { maxLength: 30 })

describe("RW-5 any sequence of readings", () => {
  it.prop("books each kill at most once, a minute once, and never lowers the mark", { steps }, ({ steps }) => {
    let current = account(null, null)
    let minute = 0
    const minutes = new Set<number>()
    let booked = 0
    for (const one of steps) {
      if (one.wait) minute += 1
      if (one.isLinkedAnew) current = AccrualRules.relink(current)
      const before = current
      const next = AccrualRules.accrue(before, { lifetimeKills: one.kills }, booking(minute, minutes.has(minute)))
      current = next.account
      assert.isTrue((current.highWaterKills ?? -1) >= (before.highWaterKills ?? -1))
      if (next.accrual === null) continue
      assert.isFalse(minutes.has(minute))
      minutes.add(minute)
      booked += next.accrual.kills
      assert.strictEqual(next.accrual.kills, current.cursorKills! - before.cursorKills!)
      assert.strictEqual(next.accrual.amountMinor, BigInt(next.accrual.kills) * next.accrual.rateMinor)
    }
    assert.isTrue(booked <= (current.highWaterKills ?? 0))
  }, { arbitrary: { runs: 300, size: 30 } })
})
