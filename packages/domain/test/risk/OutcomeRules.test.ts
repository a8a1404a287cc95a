import { assert, describe, it } from "@effect/vitest"
import { OutcomeRules, type Review, type Signal, type SignalKind, SignalRules, type Verdict } from "@purser/domain/risk"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { player, tester, windowOf } from "./risk.ts"

type Given = readonly [kind: SignalKind, multiple: number, hour: number]

/** A signal so many times beyond its threshold. */
const signalOf = ([kind, multiple, hour]: Given): Signal => {
  const [value, threshold] = kind === "YoungAccount" ? [10, 10 * multiple] : [10 * multiple, 10]
  return SignalRules.raise(player, { kind, about: "", window: windowOf(60, hour), value, threshold, evidence: [] })!
}

const low: Given = ["KillRate", 1.5, 0]
const med: Given = ["KillRate", 2, 0]
const high: Given = ["KillRate", 5, 0]
const at = (kind: SignalKind, multiple: number, hours: number) =>
  Array.from({ length: hours }, (_, hour): Given => [kind, multiple, hour])

const decide = (signal: Signal, verdict: Verdict): Review =>
  Result.getOrThrow(
    OutcomeRules.review({ signals: [signal], reviews: [] }, {
      dedupeKey: signal.dedupeKey,
      verdict,
      note: "seen the match",
      actor: "admin-1",
      atMillis: 5
    })
  )

const assess = (given: ReadonlyArray<Given>, reviews: ReadonlyArray<Review> = []) =>
  OutcomeRules.assess(player, { signals: given.map(signalOf), reviews })

describe("RW-15 what signals lead to", () => {
  it.each<{ readonly title: string; readonly given: ReadonlyArray<Given>; readonly outcome: string }>([
    { title: "nothing", given: [], outcome: "none" },
    { title: "one of low", given: [low], outcome: "watch" },
    { title: "one of med", given: [med], outcome: "watch" },
    { title: "one of high", given: [high], outcome: "hold" },
    { title: "two of med", given: at("KillRate", 2, 2), outcome: "hold" },
    { title: "three of low", given: at("KillRate", 1.5, 3), outcome: "watch" },
    { title: "four of low", given: at("KillRate", 1.5, 4), outcome: "hold" },
    { title: "one event told nine times", given: Array.from({ length: 9 }, () => med), outcome: "watch" },
    { title: "a new account", given: [["YoungAccount", 9, 0]], outcome: "watch" },
    { title: "the best of the region every hour", given: at("RegionPercentile", 9, 90), outcome: "watch" },
    {
      title: "a new account and three of low",
      given: [["YoungAccount", 9, 0], ...at("KillRate", 1.5, 3)],
      outcome: "hold"
    }
  ])("$title is $outcome", ({ given, outcome }) => {
    assert.strictEqual(assess(given), outcome)
  })

  it("takes the worst of one event, whichever came first", () => {
    assert.deepStrictEqual([assess([low, high]), assess([high, low])], ["hold", "hold"])
  })

  it.each(
    [["none", false], ["watch", false], ["hold", true], ["confirmed", true]] as const
  )("%s holds payouts: %s", (outcome, isHeld) => {
    assert.strictEqual(OutcomeRules.isPayingHeld(outcome), isHeld)
  })

  it("is none for a test player, whatever is stored", () => {
    const signal = signalOf(high)
    const known = { signals: [signal], reviews: [decide(signal, "confirmed")] }
    assert.strictEqual(OutcomeRules.assess(tester, known), "none")
  })
})

describe("RW-15 a review", () => {
  it("clears an event for good", () => {
    const reviews = [decide(signalOf(high), "cleared")]
    assert.strictEqual(assess([high], reviews), "none")
    assert.strictEqual(assess([high, high, low], reviews), "none")
  })

  it("leaves open what else there is, and what comes later", () => {
    const reviews = [decide(signalOf(high), "cleared")]
    assert.strictEqual(assess([high, ["KillRate", 5, 1]], reviews), "hold")
    assert.strictEqual(assess([high, ["Spike", 1.5, 0]], reviews), "watch")
  })

  it("confirms, with or without the signal", () => {
    const reviews = [decide(signalOf(low), "confirmed")]
    assert.deepStrictEqual([assess([low], reviews), assess([], reviews)], ["confirmed", "confirmed"])
  })

  it("gives way to a later one on the same event", () => {
    const [cleared, confirmed] = [decide(signalOf(low), "cleared"), decide(signalOf(low), "confirmed")]
    assert.strictEqual(assess([low], [confirmed, cleared]), "none")
    assert.strictEqual(assess([low], [cleared, confirmed]), "confirmed")
  })

  it.each([
    { title: "without a note", note: "", key: low, why: "NoteMalformed" },
    { title: "with a blank note", note: " \n", key: low, why: "NoteMalformed" },
    { title: "with a note too long", note: "a".repeat(1001), key: low, why: "NoteMalformed" },
    { title: "of what was never raised", note: "a", key: ["Spike", 2, 0] as Given, why: "SignalUnknown" }
  ])("$title is refused: $why", ({ key, note, why }) => {
    const { dedupeKey } = signalOf(key)
    const known = { signals: [signalOf(low)], reviews: [] }
    const decision = { dedupeKey, verdict: "cleared", note, actor: "admin-1", atMillis: 5 } as const
    const refused = Result.getOrThrow(Result.flip(OutcomeRules.review(known, decision)))
    assert.deepStrictEqual([refused.why, refused.message], [why, `review is refused: ${why}`])
  })
})

const kind = Schema.Literals(["KillRate", "Spike", "YoungAccount", "RegionPercentile", "SharedWallet"])
const multiple = Schema.Literals([1.5, 2, 5])
const hour = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 }))
const one = Schema.Struct({ kind, multiple, hour, verdict: Schema.NullOr(Schema.Literals(["cleared", "confirmed"])) })
const many = Arbitrary.array(Arbitrary.schema(one), { maxLength: 12 })
const more = Arbitrary.array(Arbitrary.schema(one), { maxLength: 4 })

const rank = (outcome: OutcomeRules.Outcome) => OutcomeRules.outcomes.indexOf(outcome)

describe("RW-15 any signals and reviews", () => {
  it.prop("get no milder by more, count once, and stay cleared", { many, more }, ({ many, more }) => {
    const [signals, added] = [many, more].map((list) => list.map((x) => signalOf([x.kind, x.multiple, x.hour])))
    const reviews = many.flatMap(({ verdict }, index) => verdict === null ? [] : [decide(signals![index]!, verdict)])
    const before = OutcomeRules.assess(player, { signals: signals!, reviews })
    const all = [...signals!, ...added!]
    assert.isTrue(rank(OutcomeRules.assess(player, { signals: all, reviews })) >= rank(before))
    assert.strictEqual(
      OutcomeRules.assess(player, { signals: [...signals!, ...signals!].toReversed(), reviews }),
      before
    )
    const cleared = all.map((signal) => decide(signal, "cleared"))
    assert.strictEqual(OutcomeRules.assess(player, { signals: all, reviews: [...reviews, ...cleared] }), "none")
    const open = OutcomeRules.openSignals({ signals: all, reviews })
    assert.strictEqual(new Set(open.map(({ dedupeKey }) => dedupeKey)).size, open.length)
  }, { arbitrary: { runs: 300, size: 12 } })
})
