import { assert, describe, it } from "@effect/vitest"
import { PaymentId, RandomBytes } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { createHash, webcrypto } from "node:crypto"
import { inspect } from "node:util"
import { pidHex } from "../vectors.ts"

const pid = Result.getOrThrow(PaymentId.parse(pidHex))

describe("TK-4 payment ids", () => {
  it.each([
    ["lower case", pidHex],
    ["upper case", pidHex.toUpperCase()],
    ["mixed case", pidHex.replaceAll("ab", "Ab")]
  ])("reads %s", (_, text) => {
    assert.strictEqual(PaymentId.toHex(Result.getOrThrow(PaymentId.parse(text))), pidHex)
  })

  it.each([
    ["nothing", ""],
    ["63 digits", pidHex.slice(1)],
    ["65 digits", `${pidHex}0`],
    ["a foreign letter", `g${pidHex.slice(1)}`],
    ["a prefix", `0x${pidHex.slice(2)}`],
    ["a line end", `${pidHex}\n`],
    ["a space", ` ${pidHex.slice(1)}`],
    ["digits of another script", `٠${pidHex.slice(1)}`]
  ])("refuses %s without repeating it", (_, text) => {
    const error = Result.getOrThrow(Result.flip(PaymentId.parse(text)))
    assert.deepStrictEqual([error._tag, error.message], ["PaymentIdMalformed", "a payment id has 64 hex digits"])
  })

  it.effect("draws different ones", () =>
    Effect.gen(function*() {
      const first = yield* PaymentId.generate
      assert.isFalse(PaymentId.equals(first, yield* PaymentId.generate))
      assert.isTrue(PaymentId.equals(first, Result.getOrThrow(PaymentId.parse(PaymentId.toHex(first)))))
    }).pipe(Effect.provide(RandomBytes.layerWebCrypto(webcrypto))))

  it("prints itself nowhere", () => {
    for (const shown of [String(pid), JSON.stringify({ pid }), inspect(pid, { depth: 9, showHidden: true })]) {
      assert.notInclude(shown, pidHex.slice(0, 8))
    }
  })

  it("gives bytes that do not change it", () => {
    PaymentId.toBytes(pid).fill(0)
    assert.strictEqual(PaymentId.toHex(pid), pidHex)
  })

  it("commits with a prefix of its own", () => {
    const expected = createHash("sha3-256").update("purser/commit/v1").update(Buffer.from(pidHex, "hex")).digest("hex")
    assert.strictEqual(PaymentId.commitment(pid), expected)
  })
})
