/** Proves that no digit of a number is lost between a value and its text. */
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { parseExact, printExact } from "../../src/monero/exactJson.ts"
import { Unsigned } from "../../src/monero/Wire.ts"

const most = 18_446_744_073_709_551_615n

describe("TK-8 JSON of any size of number", () => {
  it.prop("reads back what it printed", { amount: Unsigned, height: Schema.Int, text: Schema.String }, (value) => {
    const kept = { list: [value.amount, -value.amount], nested: { text: value.text }, flag: true, nothing: null }
    assert.deepStrictEqual(parseExact(printExact(kept)), kept)
    assert.deepStrictEqual(parseExact(printExact(value.height)), BigInt(value.height))
  })

  it.prop("prints a number as its digits and a text as a text", { amount: Unsigned }, ({ amount }) => {
    assert.strictEqual(printExact({ amount, text: String(amount) }), `{"amount":${amount},"text":"${amount}"}`)
  })

  it.each([9_007_199_254_740_991n, 9_007_199_254_740_993n, most - 1n, most])("keeps %s", (amount) => {
    assert.deepStrictEqual(parseExact(`{"amount":${amount}}`), { amount })
  })

  it("leaves fractions and exponents as they are", () => {
    assert.deepStrictEqual(parseExact("[1.5,1e3,-0.25]"), [1.5, 1000, -0.25])
  })

  it("does not take endless digits for a number of ours", () => {
    const digits = "9".repeat(41)
    assert.deepStrictEqual(parseExact(`[${digits},${digits.slice(1)}]`), [Number(digits), BigInt(digits.slice(1))])
  })

  it.each(["", "{", "{\"a\":01}", "nothing"])("refuses %j", (text) => {
    assert.throws(() => parseExact(text), SyntaxError)
  })
})
