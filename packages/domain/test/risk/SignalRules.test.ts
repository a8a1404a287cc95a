import { assert, describe, it } from "@effect/vitest"
import { PlayerId } from "@purser/domain/rewards"
import { RiskWindow, Signal, type SignalKind, SignalRules } from "@purser/domain/risk"
import * as Schema from "effect/Schema"
import { player, tester, windowOf } from "./risk.ts"

const measured = (kind: SignalKind, value: number, threshold: number): SignalRules.Measurement => ({
  kind,
  about: "",
  window: windowOf(15, 1),
  value,
  threshold,
  evidence: ["kills 4"]
})

const key = (id: string, about: string) =>
  SignalRules.raise({ playerId: PlayerId.make(id), testPlayers: new Set() }, { ...measured("Spike", 2, 1), about })!
    .dedupeKey

describe("RW-15 a measurement", () => {
  it.each(
    [
      { kind: "Spike", value: 10, threshold: 10, severity: undefined },
      { kind: "Spike", value: 10.1, threshold: 10, severity: "low" },
      { kind: "Spike", value: 19.9, threshold: 10, severity: "low" },
      { kind: "Spike", value: 20, threshold: 10, severity: "med" },
      { kind: "Spike", value: 50, threshold: 10, severity: "high" },
      { kind: "StaleStats", value: 1, threshold: 0, severity: "low" },
      { kind: "Spike", value: Number.NaN, threshold: 10, severity: undefined },
      { kind: "Spike", value: Number.POSITIVE_INFINITY, threshold: 10, severity: undefined },
      { kind: "Spike", value: 10, threshold: Number.NaN, severity: undefined },
      { kind: "YoungAccount", value: 30, threshold: 30, severity: undefined },
      { kind: "YoungAccount", value: 15, threshold: 30, severity: "med" }
    ] as const
  )("$kind of $value against $threshold is $severity", ({ kind, severity, threshold, value }) => {
    assert.strictEqual(SignalRules.raise(player, measured(kind, value, threshold))?.severity, severity)
  })

  it("of a test player raises nothing", () => {
    assert.isNull(SignalRules.raise(tester, measured("Spike", 1000, 1)))
  })

  it("keeps bounded evidence", () => {
    const evidence = Array.from({ length: 30 }, () => "a".repeat(400))
    const signal = SignalRules.raise(player, { ...measured("Spike", 2, 1), evidence })!
    assert.deepStrictEqual([signal.evidence.length, signal.evidence[0]!.length], [20, 300])
  })

  it("survives being written and read", () => {
    const signal = SignalRules.raise(player, measured("Spike", 2.5, 1))!
    const codec = Schema.fromJsonString(Schema.toCodecJson(Signal))
    assert.deepStrictEqual(Schema.decodeSync(codec)(Schema.encodeSync(codec)(signal)), signal)
  })
})

describe("RW-15 the key of an event", () => {
  it("tells apart what only looks the same when joined", () => {
    const keys = [key("a", "b,c"), key("a", "b\",\"c"), key("ab", "c"), key("a", "bc"), key("a", "b"), key("b", "a")]
    assert.strictEqual(new Set(keys).size, keys.length)
  })

  it("does not depend on what was measured", () => {
    const [first, second] = [measured("Spike", 2, 1), measured("Spike", 90, 3)]
    assert.strictEqual(SignalRules.raise(player, first)!.dedupeKey, SignalRules.raise(player, second)!.dedupeKey)
  })

  const offset = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 899_999 }))
  const count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2_000_000 }))
  it.prop("is the same at any moment of a quarter of an hour", { offset, count }, ({ count, offset }) => {
    const window = SignalRules.lastWindow(count * 900_000 + offset, 900_000)
    assert.deepStrictEqual([window.fromMillis, window.toMillis], [(count - 1) * 900_000, count * 900_000])
    assert.strictEqual(SignalRules.minutesOf(window), 15)
  }, { arbitrary: { runs: 300, size: 100 } })

  it("has no window that ends before it starts", () => {
    assert.throws(() => new RiskWindow({ fromMillis: 5, toMillis: 5 }))
  })
})

describe("RW-15 the sentence of a signal", () => {
  it.each(
    [
      ["KillRate", "300 kills, where the minutes allow 7.5 (high)"],
      ["KillsPerMatch", "300 kills a match, where 7.5 are plausible (high)"],
      ["Spike", "300 kills an hour, where the player's own history reaches 7.5 (high)"],
      ["StaleStats", "300 kills more while the stats stood still, where 7.5 are tolerated (high)"],
      ["SharedEpic", "300 players claim the same Epic account, where 7.5 may (high)"],
      ["SharedWallet", "300 players claim the same wallet, where 7.5 may (high)"],
      ["RegionPercentile", "300 kills an hour, where the region reaches 7.5 (high)"]
    ] as const
  )("of %s tells value, threshold and window", (kind, sentence) => {
    const signal = SignalRules.raise(player, measured(kind, 300.001, 7.5))!
    const window = ", from 1970-01-01T01:00:00.000Z to 1970-01-01T01:15:00.000Z"
    assert.strictEqual(SignalRules.explain(signal), sentence + window)
  })

  it("has no window where there is none", () => {
    const signal = SignalRules.raise(player, { ...measured("YoungAccount", 10, 30), window: null })!
    assert.strictEqual(
      SignalRules.explain(signal),
      "the Discord account is 10 days old, where 30 are asked for (med)"
    )
  })
})
