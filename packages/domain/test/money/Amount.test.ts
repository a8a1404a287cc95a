import { assert, describe, it } from "@effect/vitest"
import { Amount, Asset } from "@purser/domain/money"
import * as Arbitrary from "effect/Arbitrary"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const scaled = (scale: number) => new Asset.Asset({ code: Asset.AssetCode.make("TEST"), scale })

/** The minor units, or why not. */
const parsed = (text: string, asset: Asset.Asset) =>
  Result.match(Amount.parse(text, asset), { onFailure: ({ why }) => why, onSuccess: (minor) => minor })

describe("LG-10 TK-8 reading amounts", () => {
  it.each(
    [
      ["0", Asset.EUR, 0n],
      ["0.0", Asset.EUR, 0n],
      ["0.01", Asset.EUR, 1n],
      ["1", Asset.EUR, 100n],
      ["1.5", Asset.EUR, 150n],
      ["1.50", Asset.EUR, 150n],
      ["1.500000", Asset.EUR, 150n],
      ["10", Asset.XTR, 10n],
      ["10.000", Asset.XTR, 10n],
      ["0.000000000001", Asset.XMR, 1n],
      ["9007.199254740993", Asset.XMR, 9_007_199_254_740_993n],
      ["9223372.036854775807", Asset.XMR, Amount.maximumMinor],
      ["9223372036854775807", Asset.XTR, Amount.maximumMinor],
      ["9.223372036854775807", scaled(18), Amount.maximumMinor],
      ["1.0000000000000000000000000000000000000000", Asset.EUR, 100n]
    ] as const
  )("takes %s", (text, asset, minor) => {
    assert.strictEqual(parsed(text, asset), minor)
  })

  it.each([
    ["nothing", ""],
    ["a negative zero", "-0"],
    ["a negative amount", "-1"],
    ["a plus", "+1"],
    ["an exponent", "1e3"],
    ["a large exponent", "1E3"],
    ["a space before", " 1"],
    ["a space behind", "1 "],
    ["a space within", "1 000"],
    ["a no-break space before", "\u00a01"],
    ["a no-break space within", "1\u00a0000"],
    ["a narrow no-break space", "1\u202f000"],
    ["a zero width space", "1\u200b"],
    ["a line end", "1\n"],
    ["a tab", "\t1"],
    ["a leading zero", "01"],
    ["leading zeros", "00.5"],
    ["no digit behind the point", "1."],
    ["no digit before the point", ".5"],
    ["a point", "."],
    ["two points", "1.2.3"],
    ["a comma", "1,5"],
    ["thousands", "1,000"],
    ["an underscore", "1_000"],
    ["full-width digits", "\uff11\uff12"],
    ["Arabic digits", "\u0661"],
    ["a full-width point", "1\uff0e5"],
    ["hexadecimal", "0x10"],
    ["a letter", "1n"],
    ["a currency", "1 EUR"],
    ["Infinity", "Infinity"],
    ["NaN", "NaN"],
    ["41 digits behind the point", `1.${"0".repeat(41)}`],
    ["a leading zero on a long number", `0${"1".repeat(30)}`]
  ])("refuses %s as malformed", (_, text) => {
    assert.strictEqual(parsed(text, Asset.EUR), "Malformed")
  })

  it.each(
    [
      ["0.001", Asset.EUR, "TooPrecise"],
      ["1.999", Asset.EUR, "TooPrecise"],
      ["0.1", Asset.XTR, "TooPrecise"],
      ["0.0000000000001", Asset.XMR, "TooPrecise"],
      ["99999999999999999999999999", Asset.EUR, "TooLarge"],
      ["92233720368547758.08", Asset.EUR, "TooLarge"],
      ["9223372036854775808", Asset.XTR, "TooLarge"],
      ["9223372.036854775808", Asset.XMR, "TooLarge"],
      ["9999999999999999999", Asset.EUR, "TooLarge"],
      ["9".repeat(1_000), Asset.EUR, "TooLarge"]
    ] as const
  )("does not round %s", (text, asset, why) => {
    assert.strictEqual(parsed(text, asset), why)
  })

  it("says why", () => {
    const error = Result.getOrThrow(Result.flip(Amount.parse("-0", Asset.EUR)))
    assert.deepStrictEqual([error._tag, error.message], ["AmountRefused", "not an amount: Malformed"])
  })
})

describe("LG-10 printing amounts", () => {
  it.each([
    { minor: 0n, scale: 2, places: 0, text: "0" },
    { minor: 1n, scale: 2, places: 0, text: "0.01" },
    { minor: 100n, scale: 2, places: 0, text: "1" },
    { minor: 150n, scale: 2, places: 0, text: "1.5" },
    { minor: -150n, scale: 2, places: 0, text: "-1.5" },
    { minor: -1n, scale: 2, places: 0, text: "-0.01" },
    { minor: 150n, scale: 2, places: 2, text: "1.50" },
    { minor: 100n, scale: 2, places: 1, text: "1.0" },
    { minor: 100n, scale: 2, places: 9, text: "1.00" },
    { minor: 7n, scale: 0, places: 2, text: "7" },
    { minor: Amount.maximumMinor, scale: 12, places: 0, text: "9223372.036854775807" },
    { minor: -(2n ** 63n), scale: 0, places: 0, text: "-9223372036854775808" }
  ])("prints $text", ({ minor, places, scale, text }) => {
    assert.strictEqual(Amount.print(minor, scaled(scale), places), text)
  })
})

const scale = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 18 }))
const digits = (least: number, most: number) =>
  Arbitrary.schema(Schema.String.check(Schema.isPattern(new RegExp(`^\\d{${least},${most}}$`, "u"))))
const minor = Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: Amount.maximumMinor }))

describe("LG-10 any amount", () => {
  it.prop("reads back as it was printed", { minor, scale, places: scale }, ({ minor, places, scale }) => {
    const text = Amount.print(minor, scaled(scale), places)
    assert.match(text, /^(?:0|[1-9]\d*)(?:\.\d+)?$/u)
    assert.strictEqual(parsed(text, scaled(scale)), minor)
    assert.isAtLeast((text.split(".")[1] ?? "").length, Math.min(places, scale))
  }, { arbitrary: { runs: 500, size: 100 } })

  it.prop(
    "is never rounded",
    { whole: digits(1, 22), fraction: digits(0, 22), scale },
    ({ fraction, scale, whole }) => {
      const text = `${BigInt(whole)}${fraction === "" ? "" : `.${fraction}`}`
      const exact = BigInt(whole + fraction)
      const read = parsed(text, scaled(scale))
      const isWhole = exact * 10n ** BigInt(scale) % 10n ** BigInt(fraction.length) === 0n
      const expected = exact * 10n ** BigInt(scale) / 10n ** BigInt(fraction.length)
      if (typeof read === "bigint") assert.isTrue(isWhole && read === expected)
      else if (read === "TooPrecise") assert.isFalse(isWhole)
      else assert.isTrue(read === "TooLarge" && expected > Amount.maximumMinor)
    },
    { arbitrary: { runs: 500, size: 100 } }
  )

  it.prop("is refused with anything else around it", {
    text: Schema.String.check(Schema.isMaxLength(4)),
    scale
  }, ({ scale, text }) => {
    const read = parsed(`${text}1`, scaled(scale))
    if (typeof read === "bigint") assert.match(text, /^(?:[1-9]\d*|0\.\d*|[1-9]\d*\.\d*)?$/u)
  }, { arbitrary: { runs: 300 } })
})
