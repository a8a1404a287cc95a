import { assert, describe, it } from "@effect/vitest"
import { AuditPage, Ban, Instant, PaymentIdText, Piconero, PidText, RedeemRequest } from "@purser/contract"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

const accepts = (schema: Schema.Codec<unknown, unknown>, value: unknown): boolean =>
  Result.isSuccess(Schema.decodeUnknownResult(schema, { onExcessProperty: "error" })(value))

describe("TK-8 amounts on the wire", () => {
  it.each(["0", "10000000000", "9007199254740993", "18446744073709551"])("keeps %s exact", (text) => {
    const amountMinor = Schema.decodeSync(Piconero)(text)
    assert.strictEqual(amountMinor, BigInt(text))
    assert.strictEqual(Schema.encodeSync(Piconero)(amountMinor), text)
  })

  it.each([1, "1.5", "-1", "01", "", "1e9", " 1", "99999999999999999999"])("refuses %j", (value) => {
    assert.isFalse(accepts(Piconero, value))
  })
})

describe("RW-4 amounts of BAN on the wire", () => {
  it.each([
    ["0", 0n],
    ["2.1", 210_000_000n],
    ["0.00000001", 1n],
    ["50", 5_000_000_000n],
    ["90071992547.40993001", 9_007_199_254_740_993_001n]
  ])("keeps %s exact", (text, amountMinor) => {
    assert.strictEqual(Schema.decodeSync(Ban)(text), amountMinor)
    assert.strictEqual(Schema.encodeSync(Ban)(amountMinor), text)
  })

  it.each([2.1, "2.100000001", "-1", "01", "", ".5", "1.", "1e9", " 1", "2,1", "123456789012"])(
    "refuses %j",
    (value) => {
      assert.isFalse(accepts(Ban, value))
    }
  )
})

describe("TK-1 secrets on the wire", () => {
  it("takes 64 digits of any case", () => {
    for (const text of ["a".repeat(64), "A".repeat(64), "aB".repeat(32)]) assert.isTrue(accepts(PidText, text))
  })

  it.each(["", "a".repeat(63), "a".repeat(65), "g".repeat(64), ` ${"a".repeat(64)}`, `${"a".repeat(64)}\n`])(
    "refuses %j",
    (text) => assert.isFalse(accepts(PidText, text))
  )

  it("refuses the zero id", () => {
    assert.isTrue(accepts(PaymentIdText, "0123456789ABCDEF"))
    for (const text of ["0".repeat(16), "1".repeat(15), "1".repeat(17)]) assert.isFalse(accepts(PaymentIdText, text))
  })

  it("refuses keys that it does not know", () => {
    const pid = "a".repeat(64)
    assert.isTrue(accepts(RedeemRequest, { pid }))
    for (const body of [{ PID: pid }, { pid, extra: 1 }, { pid, payment_id: null }, [pid], pid, null]) {
      assert.isFalse(accepts(RedeemRequest, body))
    }
  })
})

describe("times on the wire", () => {
  it("prints UTC with milliseconds", () => {
    const instant = Schema.decodeSync(Instant)("2026-11-24T13:00:00+01:00")
    assert.strictEqual(Schema.encodeSync(Instant)(instant), "2026-11-24T12:00:00.000Z")
    assert.isFalse(accepts(Instant, "yesterday"))
  })

  it("reads a page of the audit log", () => {
    const entry = {
      sequence: "7",
      actor: "key:1",
      action: "token.revoke",
      subject: "x",
      details: { reason: "resold" },
      correlation_id: null,
      at: "2026-11-24T12:00:00.000Z"
    }
    const page = Schema.decodeSync(AuditPage)({ entries: [entry], next: "7" })
    assert.strictEqual(page.entries[0]?.sequence, 7n)
    assert.deepStrictEqual(Schema.encodeSync(AuditPage)(page), { entries: [entry], next: "7" })
  })
})
