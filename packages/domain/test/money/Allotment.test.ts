import { assert, describe, it } from "@effect/vitest"
import { Allotment } from "@purser/domain/money"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const split = (amountMinor: bigint, ratios: ReadonlyArray<bigint>) =>
  Result.getOrThrow(Allotment.split(amountMinor, ratios))

const sum = (parts: ReadonlyArray<bigint>) => parts.reduce((total, part) => total + part, 0n)

describe("LG-11 splitting an amount", () => {
  it.each([
    { amount: 100n, ratios: [1n], parts: [100n] },
    { amount: 100n, ratios: [1n, 1n], parts: [50n, 50n] },
    { amount: 101n, ratios: [1n, 1n], parts: [51n, 50n] },
    { amount: 100n, ratios: [1n, 1n, 1n], parts: [34n, 33n, 33n] },
    { amount: 200n, ratios: [1n, 1n, 1n], parts: [67n, 67n, 66n] },
    { amount: 0n, ratios: [1n, 2n], parts: [0n, 0n] },
    { amount: 1n, ratios: [1n, 2n], parts: [0n, 1n] },
    { amount: 5n, ratios: [3n, 7n], parts: [2n, 3n] },
    { amount: 10n, ratios: [0n, 1n, 0n, 2n], parts: [0n, 3n, 0n, 7n] },
    { amount: 1n, ratios: [0n, 0n, 5n], parts: [0n, 0n, 1n] },
    { amount: 7n, ratios: [1n, 5n, 1n], parts: [1n, 5n, 1n] },
    { amount: 9n, ratios: [1n, 3n, 3n, 3n], parts: [1n, 3n, 3n, 2n] },
    { amount: 3n, ratios: [10n ** 30n, 1n, 10n ** 30n], parts: [2n, 0n, 1n] },
    { amount: 10n ** 40n + 1n, ratios: [1n, 1n], parts: [10n ** 40n / 2n + 1n, 10n ** 40n / 2n] }
  ])("gives $parts of $amount by $ratios", ({ amount, parts, ratios }) => {
    assert.deepStrictEqual(split(amount, ratios), parts)
  })

  it.each(
    [
      ["NoRatios", 1n, []],
      ["NegativeRatio", 1n, [1n, -1n, 1n]],
      ["AllRatiosZero", 1n, [0n, 0n]],
      ["NegativeAmount", -1n, [1n]]
    ] as const
  )("refuses %s", (why, amountMinor, ratios) => {
    const error = Result.getOrThrow(Result.flip(Allotment.split(amountMinor, ratios)))
    assert.deepStrictEqual([error.why, error.message], [why, `cannot be split: ${why}`])
  })
})

const digits = (most: number) =>
  Arbitrary.map(Arbitrary.schema(Schema.String.check(Schema.isPattern(new RegExp(`^\\d{1,${most}}$`, "u")))), BigInt)
const amount = digits(30)
const ratios = Arbitrary.filter(Arbitrary.array(digits(25), { minLength: 1, maxLength: 12 }), (all) => sum(all) > 0n)
const arbitrary = { runs: 300, size: 100 }

describe("LG-11 any split", () => {
  it.prop("adds up exactly", { amount, ratios }, ({ amount, ratios }) => {
    assert.strictEqual(sum(split(amount, ratios)), amount)
  }, { arbitrary })

  it.prop("is less than one minor unit from the exact share", { amount, ratios }, ({ amount, ratios }) => {
    const total = sum(ratios)
    for (const [index, part] of split(amount, ratios).entries()) {
      const off = part * total - amount * ratios[index]!
      assert.isTrue(off < total && off > -total && part >= 0n)
    }
  }, { arbitrary })

  it.prop(
    "gives nothing for a ratio of 0, and never less for a larger ratio",
    { amount, ratios },
    ({ amount, ratios }) => {
      const parts = split(amount, ratios)
      for (const [index, ratio] of ratios.entries()) {
        if (ratio === 0n) assert.strictEqual(parts[index], 0n)
        for (const [other, larger] of ratios.entries()) {
          if (larger > ratio) assert.isTrue(parts[other]! >= parts[index]!)
        }
      }
    },
    { arbitrary }
  )

  it.prop("rounds up those that lost most, the earlier first", { amount, ratios }, ({ amount, ratios }) => {
    const total = sum(ratios)
    const lost = ratios.map((ratio) => amount * ratio % total)
    const parts = split(amount, ratios)
    const isUp = parts.map((part, index) => part > amount * ratios[index]! / total)
    for (const [up, wasUp] of isUp.entries()) {
      for (const [down, otherUp] of isUp.entries()) {
        if (!wasUp || otherUp) continue
        assert.isTrue(lost[up]! > lost[down]! || lost[up] === lost[down] && up < down)
      }
    }
  }, { arbitrary })
})
