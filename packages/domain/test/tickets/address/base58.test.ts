import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { decode, encode } from "../../../src/tickets/address/base58.ts"

const byte = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))
const arbitrary = { runs: 200, size: 40 }

describe("TK-14 base58 of Monero", () => {
  it.prop("reads back what it wrote", { bytes: Schema.Array(byte) }, ({ bytes }) => {
    const text = encode(Uint8Array.from(bytes))
    assert.deepStrictEqual(decode(text), Result.succeed(Uint8Array.from(bytes)))
  }, { arbitrary })

  it.prop("writes what it read, and reads nothing else", {
    text: Schema.String.check(Schema.isPattern(/^[1-9A-HJ-NP-Za-km-z]{0,24}$/u))
  }, ({ text }) => {
    const bytes = decode(text)
    if (Result.isSuccess(bytes)) assert.strictEqual(encode(bytes.success), text)
  }, { arbitrary })

  it.each([
    ["", ""],
    ["00", "11"],
    ["ff", "5Q"],
    ["ffff", "LUv"],
    ["0000000000000000", "11111111111"],
    ["ffffffffffffffff", "jpXCZedGfVQ"],
    ["ffffffffffffffff00", "jpXCZedGfVQ11"]
  ])("of %j is %j", (hex, text) => {
    assert.strictEqual(encode(Uint8Array.from(Buffer.from(hex, "hex"))), text)
  })

  it.each([
    ["jpXCZedGfVR", "overflow"],
    ["5R", "overflow"],
    ["1", "length"],
    ["1111", "length"],
    ["11111111", "length"],
    ["0", "characters"],
    ["1I", "characters"],
    ["1l", "characters"],
    ["1O", "characters"],
    ["1é", "characters"]
  ])("refuses %s: %s", (text, why) => {
    assert.deepStrictEqual<unknown>(decode(text), Result.fail(why))
  })
})
