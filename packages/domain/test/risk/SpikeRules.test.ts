import { assert, describe, it } from "@effect/vitest"
import { type Signal, SpikeRules } from "@purser/domain/risk"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { player, tester, windowOf } from "./risk.ts"

const limits = SpikeRules.defaultSpikeLimits

interface Run {
  readonly baseline: SpikeRules.Baseline
  readonly signals: ReadonlyArray<Signal | null>
}

/** Plays so many kills in each hour after another. */
const run = (kills: ReadonlyArray<number>, subject = player): Run =>
  kills.reduce<Run>(({ baseline, signals }, count, hour) => {
    const sample = { window: windowOf(60, hour), kills: count }
    const seen = SpikeRules.observe(baseline, sample, { limits, subject })
    return { baseline: seen.baseline, signals: [...signals, seen.signal] }
  }, { baseline: SpikeRules.emptyBaseline, signals: [] })

const steady = (length: number, kills = 10) => Array.from({ length }, () => kills)
const raised = ({ signals }: Run) => signals.filter((signal) => signal !== null)
const nights = Array.from({ length: 30 }, (_, day) => [0, 0, 0, 9 + day % 3]).flat()

describe("RW-15 a spike against the player's own history", () => {
  it.each([
    { title: "is far above a steady one", kills: [...steady(20), 100], count: 1 },
    { title: "needs enough windows before", kills: [...steady(19), 100], count: 0 },
    { title: "is not the usual", kills: steady(60), count: 0 },
    { title: "is not a few kills more", kills: [...steady(20), 30], count: 0 },
    { title: "is a kill beyond that", kills: [...steady(20), 31], count: 1 },
    { title: "is not an evening after idle nights", kills: nights, count: 0 },
    { title: "needs windows played, not idle ones", kills: [...steady(10), ...steady(50, 0), 100], count: 0 },
    {
      title: "is not one of a player who varies as much",
      kills: [...steady(20).map((_, n) => n % 2 * 80 + 5), 100],
      count: 0
    }
  ])("$title", ({ count, kills }) => {
    assert.strictEqual(raised(run(kills)).length, count)
  })

  it("is one event for as long as it lasts", () => {
    const signals = raised(run([...steady(20), 100, 100, 0, 120]))
    assert.strictEqual(signals.length, 3)
    assert.strictEqual(new Set(signals.map(({ dedupeKey }) => dedupeKey)).size, 1)
    assert.strictEqual(signals[2]!.window!.fromMillis, 20 * 3_600_000)
  })

  it("is another event after usual play", () => {
    const signals = raised(run([...steady(20), 100, 10, 100]))
    assert.strictEqual(new Set(signals.map(({ dedupeKey }) => dedupeKey)).size, 2)
  })

  it("does not flag or weigh again when looked at again", () => {
    const { baseline } = run([...steady(20), 100])
    const again = SpikeRules.observe(baseline, { window: windowOf(60, 20), kills: 100 }, { limits, subject: player })
    assert.deepStrictEqual(again, { baseline, signal: null })
  })

  it("does not make the next spike look usual", () => {
    const once = run([...steady(20), 1_000_000]).baseline
    assert.isBelow(SpikeRules.usualOf(once, limits), 100)
  })

  it("is none of a test player", () => {
    assert.deepStrictEqual(raised(run([...steady(20), 1_000_000, 5], tester)), [])
  })
})

describe("RW-15 the moving mean and variance", () => {
  it("follow the weights by hand", () => {
    const { mean, variance, windows } = run([10, 20, 20]).baseline
    assert.strictEqual(windows, 3)
    assert.closeTo(mean, 11.9, 1e-9)
    assert.closeTo(variance, 0.9 * (9 + 0.9 * 9), 1e-9)
  })

  const kills = Arbitrary.array(Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 500 }))), {
    maxLength: 60
  })
  it.prop("stay between the least and the most, and flag the more the higher", { kills }, ({ kills }) => {
    const { baseline, signals } = run(kills)
    assert.isTrue(baseline.mean >= 0 && baseline.mean <= Math.max(0, ...kills) && baseline.variance >= 0)
    assert.isTrue(signals.slice(0, limits.leastWindows).every((signal) => signal === null))
    const later = [500, 1000, 5000].map((count) => {
      const sample = { window: windowOf(60, kills.length), kills: count }
      return SpikeRules.observe(baseline, sample, { limits, subject: player }).signal !== null
    })
    assert.deepStrictEqual(later, later.toSorted((left, right) => Number(left) - Number(right)))
  }, { arbitrary: { runs: 300, size: 60 } })
})
