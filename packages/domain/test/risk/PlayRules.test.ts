import { assert, describe, it } from "@effect/vitest"
import { PlayRules } from "@purser/domain/risk"
import * as Schema from "effect/Schema"
import { player, tester, windowOf } from "./risk.ts"

interface Given {
  readonly minutes?: number
  readonly minutesPlayed?: number | null
  readonly matches?: number | null
}

const play = (kills: number, { matches = null, minutes = 15, minutesPlayed = null }: Given = {}): PlayRules.Play => ({
  window: windowOf(minutes),
  kills,
  minutesPlayed,
  matches
})

describe("RW-15 kills for the minutes that passed", () => {
  it.each([
    { kills: 18, minutes: 15, severity: undefined },
    { kills: 150, minutes: 15, severity: undefined },
    { kills: 151, minutes: 15, severity: "low" },
    { kills: 300, minutes: 15, severity: "med" },
    { kills: 750, minutes: 15, severity: "high" },
    { kills: 10, minutes: 1, severity: undefined },
    { kills: 11, minutes: 1, severity: "low" },
    { kills: 600, minutes: 60, severity: undefined },
    { kills: 0, minutes: 1, severity: undefined }
  ])("$kills in $minutes minutes are $severity", ({ kills, minutes, severity }) => {
    assert.strictEqual(PlayRules.killRate(player, play(kills, { minutes }))?.severity, severity)
  })

  const minutes = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 }))
  const over = Schema.Int.check(Schema.isBetween({ minimum: -50, maximum: 50 }))
  it.prop("are a signal just above the limit, however long the window", { minutes, over }, ({ minutes, over }) => {
    const signal = PlayRules.killRate(player, play(minutes * 10 + over, { minutes }))
    assert.strictEqual(signal !== null, over > 0)
  }, { arbitrary: { runs: 300, size: 100 } })
})

describe("RW-15 kills for what was played", () => {
  it.each([
    { kills: 101, minutesPlayed: 10, value: 101 },
    { kills: 100, minutesPlayed: 10, value: undefined },
    { kills: 10, minutesPlayed: 0, value: undefined },
    { kills: 11, minutesPlayed: 0, value: 11 },
    { kills: 5000, minutesPlayed: null, value: undefined }
  ])("$kills in $minutesPlayed minutes played give $value", ({ kills, minutesPlayed, value }) => {
    assert.strictEqual(PlayRules.killRatePlayed(player, play(kills, { minutesPlayed }))?.value, value)
  })

  it.each([
    { kills: 60, matches: 2, value: undefined },
    { kills: 61, matches: 2, value: 30.5 },
    { kills: 31, matches: 0, value: 31 },
    { kills: 30, matches: 0, value: undefined },
    { kills: 5000, matches: null, value: undefined }
  ])("$kills in $matches matches give $value", ({ kills, matches, value }) => {
    assert.strictEqual(PlayRules.killsPerMatch(player, play(kills, { matches }))?.value, value)
  })

  it("is an event apart from the minutes that passed", () => {
    const both = play(5000, { minutesPlayed: 1 })
    const [passed, played] = [PlayRules.killRate(player, both), PlayRules.killRatePlayed(player, both)]
    assert.notStrictEqual(passed!.dedupeKey, played!.dedupeKey)
  })
})

type Reading = readonly [lifetimeKills: number | null, lastModifiedMillis: number | null]

const stale = (before: Reading, after: Reading, subject = player) => {
  const [first, second] = [before, after].map(([lifetimeKills, lastModifiedMillis]) => ({
    lifetimeKills,
    lastModifiedMillis
  }))
  return PlayRules.staleStats(subject, { window: windowOf(20), before: first!, after: second! })?.value
}

describe("RW-15 kills while the stats stand still", () => {
  it.each<{ readonly before: Reading; readonly after: Reading; readonly value: number | undefined }>([
    { before: [100, 7], after: [106, 7], value: 6 },
    { before: [100, 7], after: [106, 6], value: 6 },
    { before: [100, 7], after: [105, 7], value: undefined },
    { before: [100, 7], after: [106, 8], value: undefined },
    { before: [100, 7], after: [40, 7], value: undefined },
    { before: [null, 7], after: [106, 7], value: undefined },
    { before: [100, 7], after: [null, 7], value: undefined },
    { before: [100, null], after: [106, 7], value: undefined },
    { before: [100, 7], after: [106, null], value: undefined }
  ])("from $before to $after give $value", ({ after, before, value }) => {
    assert.strictEqual(stale(before, after), value)
  })
})

describe("RW-15 a test player", () => {
  it("raises nothing, whatever is played", () => {
    const wild = play(1_000_000, { minutesPlayed: 1, matches: 1 })
    const raised = [PlayRules.killRate, PlayRules.killRatePlayed, PlayRules.killsPerMatch].map((rule) =>
      rule(tester, wild)
    )
    assert.deepStrictEqual(raised, [null, null, null])
    assert.isUndefined(stale([0, 7], [5000, 7], tester))
  })
})
