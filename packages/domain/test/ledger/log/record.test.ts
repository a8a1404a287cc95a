import { assert, describe, it } from "@effect/vitest"
import { LogSalt, parseRecord, recordOf, recordText, Transfer } from "@purser/domain/ledger"
import { leafHash } from "@purser/domain/transparency"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"

const { sequence: _, ...transfer } = Schema.decodeUnknownSync(Transfer)({
  id: "0b7e5ad0-0001-4002-8003-000000000004",
  kind: "hold",
  debit: "user:42:available",
  credit: "shop:till",
  asset: "EUR",
  amountMinor: 9_223_372_036_854_775_807n,
  reason: "order.paid",
  reference: "Größe \"L\"\\",
  idempotencyKey: "key\"1",
  pendingId: null,
  reverses: null,
  expiresAtMillis: 1_790_000_100_000,
  effectiveAtMillis: 1_790_000_000_000,
  bookedAtMillis: 1_790_000_000_001,
  sequence: 1n,
  metadata: { b: "2", "10": "ten", "9": "nine", a: "1", ä: "€" }
})
const salt = LogSalt.make("00112233445566778899aabbccddeeff")

const text =
  "{\"v\":1,\"id\":\"0b7e5ad0-0001-4002-8003-000000000004\",\"kind\":\"hold\",\"debit\":\"user:42:available\"," +
  "\"credit\":\"shop:till\",\"asset\":\"EUR\",\"amount_minor\":\"9223372036854775807\",\"reason\":\"order.paid\"," +
  "\"reference\":\"Größe \\\"L\\\"\\\\\",\"idempotency_key\":\"key\\\"1\",\"pending_id\":null,\"reverses\":null," +
  "\"expires_at_millis\":1790000100000,\"effective_at_millis\":1790000000000,\"booked_at_millis\":1790000000001," +
  "\"metadata\":{\"10\":\"ten\",\"9\":\"nine\",\"a\":\"1\",\"b\":\"2\",\"ä\":\"€\"}," +
  "\"salt\":\"00112233445566778899aabbccddeeff\"}"

const bytes = (written: string) => new TextEncoder().encode(written)
const reasonFor = (written: Uint8Array) => {
  const parsed = parseRecord(written)
  return Result.isFailure(parsed) ? parsed.failure.reason : "read"
}

describe("LG-9 the record of a transfer", () => {
  it("is one line in a fixed order", () => {
    assert.strictEqual(recordText(transfer, salt), text)
  })

  it("does not depend on the order of metadata", () => {
    const turned = Object.fromEntries(Object.entries(transfer.metadata).toReversed())
    assert.strictEqual(recordText({ ...transfer, metadata: turned }, salt), text)
  })

  it("hashes as text behind a zero", () => {
    const leaf = createHash("sha256").update(`\0${text}`).digest("hex")
    assert.strictEqual(Buffer.from(leafHash(recordOf(transfer, salt))).toString("hex"), leaf)
  })

  it("reads back what it wrote", () => {
    assert.deepStrictEqual(Result.getOrThrow(parseRecord(recordOf(transfer, salt))), { transfer, salt })
    const unsalted = LogSalt.make("")
    assert.strictEqual(Result.getOrThrow(parseRecord(recordOf(transfer, unsalted))).salt, unsalted)
  })

  it.each(
    [
      ["RecordIsNotUtf8", Uint8Array.of(0xff, 0xfe)],
      ["RecordIsNotJson", bytes("{")],
      ["RecordIsNotJson", bytes("7")],
      ["RecordIsNotJson", bytes(`\uFEFF${text}`)],
      ["RecordVersionUnknown", bytes(text.replace("\"v\":1", "\"v\":2"))],
      ["RecordIsNoTransfer", bytes(text.replace("\"hold\"", "\"gift\""))],
      ["RecordIsNoTransfer", bytes(text.replace("\"reverses\":null", "\"reverses\":null,\"more\":1"))],
      ["RecordIsNoTransfer", bytes(text.replace("\"reverses\":null,", ""))],
      ["RecordIsNoTransfer", bytes(text.replace("9223372036854775807", "9223372036854775808"))],
      ["RecordIsNoTransfer", bytes(text.replace("00112233", "00112"))],
      ["RecordIsNotCanonical", bytes(`${text} `)],
      ["RecordIsNotCanonical", bytes(text.replace("\"9223372036854775807", "\"09223372036854775807"))],
      ["RecordIsNotCanonical", bytes(text.replace("\"a\":\"1\",\"b\":\"2\"", "\"b\":\"2\",\"a\":\"1\""))],
      ["RecordIsNotCanonical", bytes(text.replace("shop", "sh\\u006fp"))]
    ] as const
  )("refuses with %s", (reason, written) => {
    assert.strictEqual(reasonFor(written), reason)
  })
})
