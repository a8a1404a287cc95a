import { assert, describe, it } from "@effect/vitest"
import { PlayerId } from "@purser/domain/rewards"
import { Region, regionOf, RegionRules, regions, unknownRegion } from "@purser/domain/risk"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { player, playerId, tester, testerId, windowOf } from "./risk.ts"

describe("RW-16 the region of a header", () => {
  it.each([
    ["DE", "DE"],
    ["de", "DE"],
    [" us ", "US"],
    ["europe", "EUROPE"],
    ["North-America", "NORTH-AMERICA"],
    ["EU", "unknown"],
    ["UK", "unknown"],
    ["T1", "unknown"],
    ["XX", "unknown"],
    ["", "unknown"],
    ["unknown", "unknown"],
    ["DE, FR", "unknown"],
    ["DEU", "unknown"],
    ["203.0.113.7", "unknown"],
    ["2001:db8::1", "unknown"],
    ["__proto__", "unknown"],
    ["ß", "unknown"],
    ["ıt", "unknown"],
    ["ſe", "unknown"],
    ["D\u0000E", "unknown"],
    [null, "unknown"],
    [undefined, "unknown"]
  ])("%j is %s", (header, region) => {
    assert.strictEqual(regionOf(header), region)
  })

  it("is one of 257", () => {
    assert.strictEqual(regions.size, 249 + 7 + 1)
  })

  it.prop("is in the set for any text", { text: Schema.String }, ({ text }) => {
    assert.isTrue(regions.has(regionOf(text)) && Schema.is(Region)(regionOf(text)))
  }, { arbitrary: { runs: 1000, size: 40 } })

  const octet = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))
  const address = Arbitrary.array(Arbitrary.schema(octet), { minLength: 4, maxLength: 4 })
  it.prop("is unknown for any address", { address }, ({ address }) => {
    const groups = address.map((part) => part.toString(16))
    assert.strictEqual(regionOf(address.join(".")), unknownRegion)
    assert.strictEqual(regionOf(groups.join(":")), unknownRegion)
  }, { arbitrary: { runs: 300, size: 100 } })
})

const others = (length: number, rate: (index: number) => number): ReadonlyArray<RegionRules.PlayerRate> =>
  Array.from({ length }, (_, index) => ({ playerId: PlayerId.make(`other-${index}`), killsPerHour: rate(index) }))

const ranked = (own: number, rates: ReadonlyArray<RegionRules.PlayerRate>, header = "DE") =>
  RegionRules.regionPercentile(player, {
    region: regionOf(header),
    window: windowOf(60),
    rates: [...rates, { playerId, killsPerHour: own }]
  })

describe("RW-15 RW-16 a rate against the region", () => {
  it.each([
    { title: "above the percentile is a signal", own: 99, rates: others(100, (n) => n), threshold: 98 },
    { title: "at it is none", own: 98, rates: others(100, (n) => n), threshold: undefined },
    { title: "needs enough others", own: 5000, rates: others(99, (n) => n), threshold: undefined },
    { title: "of an idle region is none below the least", own: 20, rates: others(500, () => 0), threshold: undefined },
    { title: "of an idle region is one above it", own: 21, rates: others(500, () => 0), threshold: 20 },
    { title: "ignores the order", own: 99, rates: others(100, (n) => 99 - n), threshold: 98 }
  ])("$title", ({ own, rates, threshold }) => {
    assert.strictEqual(ranked(own, rates)?.threshold, threshold)
  })

  it("is none where the region is unknown", () => {
    assert.isNull(ranked(5000, others(500, () => 1), "XX"))
  })

  it("is none for who did not play", () => {
    const play = { region: regionOf("DE"), window: windowOf(60), rates: others(100, () => 1) }
    assert.isNull(RegionRules.regionPercentile(player, play))
  })

  it("is none for a test player, who does not count among the others", () => {
    const rates = [...others(99, () => 1), { playerId: testerId, killsPerHour: 1_000_000 }]
    const play = { region: regionOf("DE"), window: windowOf(60), rates: [...rates, ...others(100, () => 1)] }
    assert.isNull(RegionRules.regionPercentile(tester, play))
    assert.isNull(ranked(5000, rates))
    const counted = [...others(100, () => 30), { playerId: testerId, killsPerHour: 0 }]
    assert.deepStrictEqual(ranked(40, counted), ranked(40, others(100, () => 30)))
  })

  const values = Arbitrary.array(Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 90 }))), {
    minLength: 1,
    maxLength: 200
  })
  it.prop("lies above no more than so many per cent of any region", { values }, ({ values }) => {
    const reached = RegionRules.percentileOf(values, 99)!
    assert.isTrue(values.filter((value) => value > reached).length <= values.length / 100)
    assert.include(values, reached)
  }, { arbitrary: { runs: 300, size: 200 } })
})
