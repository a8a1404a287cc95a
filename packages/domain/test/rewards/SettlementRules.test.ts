/** Pays debts within caps, exactly, in an order that a seed decides. */
import { assert, describe, it } from "@effect/vitest"
import { Accrual, AccrualId, EpicId, PlayerId, SettlementRules } from "@purser/domain/rewards"
import * as Schema from "effect/Schema"

const rateMinor = 210_000_000n

const accrual = (player: string, minute: number, kills: number) =>
  new Accrual({
    id: AccrualId.make(`${player}:${minute}`),
    playerId: PlayerId.make(player),
    epicId: EpicId.make(`epic-${player}`),
    epochMinute: minute,
    kills,
    rateMinor,
    amountMinor: BigInt(kills) * rateMinor
  })

const candidate = (player: string, kills: ReadonlyArray<number>, more: Partial<SettlementRules.Candidate> = {}) => ({
  playerId: PlayerId.make(player),
  accruals: kills.map((count, index) => accrual(player, index + 1, count)),
  remaining: 1,
  isEligible: true,
  ...more
})

const plan = (more: Partial<SettlementRules.SettlementPlan> = {}): SettlementRules.SettlementPlan => ({
  unit: "payouts",
  seed: 7,
  batchSize: 0,
  ...more
})

const sumOf = (rows: ReadonlyArray<Accrual>) => rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
const killsOf = (rows: ReadonlyArray<Accrual>) => rows.reduce((sum, { kills }) => sum + kills, 0)
const players = (count: number) => Array.from({ length: count }, (_, index) => candidate(`player-${index}`, [1]))
const paidIn = (settlement: SettlementRules.Settlement) => settlement.shares.map(({ playerId }) => playerId as string)

/** What is owed after a share: the rows that are not in it, a split one by its rest. */
const owedAfter = (owed: ReadonlyArray<Accrual>, { accruals, split }: SettlementRules.Share) => {
  const gone = new Set([...accruals.map(({ id }) => id), ...split === null ? [] : [split.whole.id]])
  return [...split === null ? [] : [split.rest], ...owed.filter(({ id }) => !gone.has(id))]
}

describe("RW-6 a settlement by payouts", () => {
  it("pays all that is booked in one payout", () => {
    const { leftOut, shares } = SettlementRules.settle([candidate("a", [3, 10, 2])], plan())
    assert.deepStrictEqual(shares.map(({ accruals, split }) => [killsOf(accruals), split]), [[15, null]])
    assert.deepStrictEqual(leftOut, [])
  })

  it("leaves players out by the first reason, and forgets none", () => {
    const { leftOut, shares } = SettlementRules.settle([
      candidate("a", [], { isEligible: false, remaining: 0 }),
      candidate("b", [], { remaining: 0 }),
      candidate("c", [1], { remaining: 0 }),
      candidate("d", [1]),
      candidate("e", [1], { isEligible: false })
    ], plan())
    assert.deepStrictEqual(shares.map(({ playerId }) => playerId as string), ["d"])
    assert.deepStrictEqual(leftOut.map(({ playerId, why }) => `${playerId} ${why}`), [
      "a NotEligible",
      "b NothingEarned",
      "c CapReached",
      "e NotEligible"
    ])
  })
})

const settleKills = (kills: ReadonlyArray<number>, remaining: number) =>
  SettlementRules.settle([candidate("a", kills, { remaining })], plan({ unit: "kills" })).shares[0]

describe("RW-6 a settlement by kills", () => {
  it.each<readonly [kills: ReadonlyArray<number>, remaining: number, paid: ReadonlyArray<number>, rest: number | null]>(
    [
      [[10, 10], 20, [10, 10], null],
      [[10, 10], 100, [10, 10], null],
      [[10, 10], 10, [10], null],
      [[10, 10], 15, [10, 5], 5],
      [[10, 10], 1, [1], 9],
      [[10, 10], 11, [10, 1], 9],
      [[1, 1, 1], 2, [1, 1], null]
    ]
  )("pays %j within %i as %j, and keeps %j of the row at the border", (...[kills, remaining, paid, rest]) => {
    const share = settleKills(kills, remaining)!
    assert.deepStrictEqual(share.accruals.map((row) => row.kills), paid)
    assert.strictEqual(share.split?.rest.kills ?? null, rest)
  })

  it("pays two rows of ten under a cap of fifteen, then no more than is owed", () => {
    // A cap that scales the amount and marks both rows as paid loses five kills; one that frees them pays them twice.
    const owed = [accrual("a", 1, 10), accrual("a", 2, 10)]
    const first = SettlementRules.settle(
      [candidate("a", [], { accruals: owed, remaining: 15 })],
      plan({ unit: "kills" })
    )
    const left = owedAfter(owed, first.shares[0]!)
    const more = [...left, accrual("a", 3, 1)]
    const second = SettlementRules.settle(
      [candidate("a", [], { accruals: more, remaining: 15 })],
      plan({ unit: "kills" })
    )
    assert.strictEqual(sumOf(first.shares[0]!.accruals), 15n * rateMinor)
    assert.strictEqual(sumOf(second.shares[0]!.accruals), 6n * rateMinor)
    assert.deepStrictEqual(owedAfter(more, second.shares[0]!), [])
  })

  it.prop("pays every kill once, however small the caps", {
    kills: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 40 }))).check(Schema.isMaxLength(8)),
    cap: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 15 }))
  }, ({ cap, kills }) => {
    let owed: ReadonlyArray<Accrual> = candidate("a", kills).accruals
    const total = sumOf(owed)
    const seen = new Set<string>(owed.map(({ id }) => id))
    let paidMinor = 0n
    for (let run = 0; owed.length > 0; run += 1) {
      assert.isBelow(run, 400)
      const { shares } = SettlementRules.settle(
        [candidate("a", [], { accruals: owed, remaining: cap })],
        plan({ unit: "kills", seed: run })
      )
      const share = shares[0]!
      assert.isTrue(killsOf(share.accruals) <= cap)
      if (share.split !== null) {
        const { paid, rest, whole } = share.split
        assert.strictEqual(paid.amountMinor + rest.amountMinor, whole.amountMinor)
        assert.strictEqual(paid.kills + rest.kills, whole.kills)
        for (const { id } of [paid, rest]) {
          assert.isFalse(seen.has(id))
          seen.add(id)
        }
      }
      paidMinor += sumOf(share.accruals)
      owed = owedAfter(owed, share)
      assert.strictEqual(paidMinor + sumOf(owed), total)
    }
  })

  it("names the same parts whenever it divides the same row", () => {
    const [one, two] = [settleKills([10], 4), settleKills([10], 4)]
    assert.deepStrictEqual(one, two)
    assert.deepStrictEqual([one!.split!.paid.id, one!.split!.rest.id] as ReadonlyArray<string>, ["a:1#1", "a:1#2"])
    const again = SettlementRules.splitAt(one!.split!.rest, 2)
    assert.deepStrictEqual([again.paid.id, again.rest.id] as ReadonlyArray<string>, ["a:1#3", "a:1#4"])
  })

  it.prop("gives no two parts of a row one name, whichever of them are divided again", {
    choices: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 99 }))).check(Schema.isMaxLength(30))
  }, ({ choices }) => {
    const whole = accrual("a", 1, 1_000_000)
    const seen = new Set<string>([whole.id])
    const rows = [whole]
    for (const choice of choices) {
      const [row] = rows.splice(choice % rows.length, 1)
      if (row!.kills < 2) continue
      const { paid, rest } = SettlementRules.splitAt(row!, Math.ceil(row!.kills / 2))
      for (const part of [paid, rest]) {
        assert.isFalse(seen.has(part.id), part.id)
        seen.add(part.id)
        rows.push(part)
      }
    }
    assert.strictEqual(killsOf(rows), whole.kills)
  })
})

describe("RW-6 the order of a settlement", () => {
  it("is that of the seed, whatever order the players come in", () => {
    const all = players(50)
    const order = paidIn(SettlementRules.settle(all, plan()))
    assert.deepStrictEqual(paidIn(SettlementRules.settle(all.toReversed(), plan())), order)
    assert.notDeepEqual(paidIn(SettlementRules.settle(all, plan({ seed: 8 }))), order)
    assert.sameMembers(order, all.map(({ playerId }) => playerId as string))
  })

  it("gives everybody a place before the cut", () => {
    // A run that cuts first pays the same ten for ever.
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 1000; seed += 1) {
      const settlement = SettlementRules.settle(players(40), plan({ seed, batchSize: 10 }))
      assert.strictEqual(settlement.shares.length, 10)
      assert.strictEqual(settlement.leftOut.filter(({ why }) => why === "NextRun").length, 30)
      for (const player of paidIn(settlement)) counts.set(player, (counts.get(player) ?? 0) + 1)
    }
    assert.strictEqual(counts.size, 40)
    // 250 expected, with a deviation of 13.7: six of them on both sides.
    for (const count of counts.values()) assert.isTrue(count > 168 && count < 332, `${count}`)
  })

  it("does not count who cannot be paid", () => {
    const broke = Array.from({ length: 30 }, (_, index) => candidate(`broke-${index}`, []))
    const settlement = SettlementRules.settle([...broke, ...players(3)], plan({ batchSize: 3 }))
    assert.strictEqual(settlement.shares.length, 3)
  })
})
