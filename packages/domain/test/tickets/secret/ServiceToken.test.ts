import { assert, describe, it } from "@effect/vitest"
import { PaymentId, ServiceToken, TokenKeys } from "@purser/domain/tickets"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash, createHmac } from "node:crypto"
import { inspect } from "node:util"
import { pidHex } from "../vectors.ts"

const pid = Result.getOrThrow(PaymentId.parse(pidHex))
const txid = "ab".repeat(32)
const secret = new Uint8Array(32).fill(7)

const key = (id: string, fill: number) => ({ id, secret: Redacted.make(new Uint8Array(32).fill(fill)) })

describe("TK-4 service tokens", () => {
  it("makes format 1 as published", () => {
    assert.strictEqual(
      ServiceToken.toHex(ServiceToken.plain(pid, "tx1")),
      "6f70c79989f0d39772b9f81cfed1463a80f59e5b085dc1907f5e1a7f12482d86"
    )
  })

  it("makes format 2 with the key", () => {
    const expected = createHmac("sha3-256", secret).update("purser/token/v2").update(Buffer.from(pidHex, "hex"))
      .update(txid).digest("hex")
    assert.strictEqual(ServiceToken.toHex(ServiceToken.keyed(secret, pid, txid)), expected)
  })

  it.each([
    ["key", ServiceToken.keyed(new Uint8Array(32).fill(8), pid, txid)],
    ["secret", ServiceToken.keyed(secret, Result.getOrThrow(PaymentId.parse("00".repeat(32))), txid)],
    ["transaction", ServiceToken.keyed(secret, pid, "ac".repeat(32))],
    ["format", ServiceToken.plain(pid, txid)]
  ])("gives another token for another %s", (_, other) => {
    assert.isFalse(ServiceToken.equals(ServiceToken.keyed(secret, pid, txid), other))
  })

  it("stores a hash that is not the token", () => {
    const token = ServiceToken.keyed(secret, pid, txid)
    const expected = createHash("sha3-256").update("purser/token-hash/v1")
      .update(Buffer.from(ServiceToken.toHex(token), "hex")).digest("hex")
    assert.strictEqual(ServiceToken.hash(token), expected)
  })

  it("reads any case and prints lower case", () => {
    const token = Result.getOrThrow(ServiceToken.parse(pidHex.toUpperCase()))
    assert.strictEqual(ServiceToken.toHex(token), pidHex)
  })

  it.each(["", pidHex.slice(1), `${pidHex}0`, "x".repeat(64)])("refuses %j", (text) => {
    assert.strictEqual(Result.getOrThrow(Result.flip(ServiceToken.parse(text)))._tag, "ServiceTokenMalformed")
  })

  it("prints itself nowhere", () => {
    const token = Result.getOrThrow(ServiceToken.parse(pidHex))
    for (const shown of [String(token), JSON.stringify([token]), inspect(token, { depth: 9, showHidden: true })]) {
      assert.notInclude(shown, pidHex.slice(0, 8))
    }
  })
})

describe("TK-4 token keys", () => {
  it.effect("signs with the first and finds them all", () =>
    Effect.gen(function*() {
      const keys = yield* TokenKeys
      assert.strictEqual(keys.current.id, "new")
      assert.deepStrictEqual(["new", "old", "none"].map((id) => Option.isSome(keys.byId(id))), [true, true, false])
    }).pipe(Effect.provide(TokenKeys.layer(key("new", 1), key("old", 2)))))
})
