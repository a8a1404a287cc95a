/** Declares the plain values that requests and answers are made of. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

const digits = "0123456789abcdef".repeat(4)

/** A payment id: the payer's secret, 64 hexadecimal digits of any case. */
export const PidText = Schema.String.check(
  Schema.isPattern(/^[0-9a-fA-F]{64}$/u, { expected: "64 hexadecimal digits" })
).annotate({
  description: "The payer's secret, 32 bytes as 64 hexadecimal digits of any case. It leaves the payer only to redeem.",
  examples: [digits]
})

/** The 8-byte id that travelled in the integrated address, 16 hexadecimal digits of any case, never all zero. */
export const PaymentIdText = Schema.String.check(
  Schema.isPattern(/^(?!0{16}$)[0-9a-fA-F]{16}$/u, { expected: "16 hexadecimal digits, not all zero" })
).annotate({
  description: "The 8-byte id made from the secret, which the integrated address carries. It lets an id that nobody " +
    "paid be refused at once.",
  examples: ["62ba8a7c4a01d4fb"]
})

/** A service token, 64 hexadecimal digits of any case. */
export const TokenText = Schema.String.check(
  Schema.isPattern(/^[0-9a-fA-F]{64}$/u, { expected: "64 hexadecimal digits" })
).annotate({
  description: "A service token, 32 bytes as 64 hexadecimal digits of any case.",
  examples: ["6f70c79989f0d39772b9f81cfed1463a80f59e5b085dc1907f5e1a7f12482d86"]
})

/** An amount in piconero (10⁻¹² XMR): decimal digits on the wire, a bigint in memory, so exact above 2⁵³. */
export const Piconero = Schema.String.check(
  Schema.isPattern(/^(?:0|[1-9][0-9]{0,18})$/u, { expected: "a whole number of piconero in decimal digits" })
).annotate({
  description: "A whole number of piconero (10⁻¹² XMR) in decimal digits. A string, since it can exceed 2⁵³.",
  examples: ["10000000000"]
}).pipe(Schema.decodeTo(Schema.BigInt, SchemaTransformation.transform({ decode: BigInt, encode: String })))

/** A time in UTC: ISO 8601 with milliseconds on the wire. */
export const Instant = Schema.String.annotate({
  expected: "a time such as 2026-11-24T12:00:00Z",
  description: "A time in UTC, ISO 8601.",
  format: "date-time",
  examples: ["2026-11-24T12:00:00.000Z"]
}).pipe(Schema.decodeTo(Schema.DateTimeUtc, SchemaTransformation.dateTimeUtcFromString))

/** The place of an entry in the audit log, from 1; digits on the wire. */
export const Sequence = Schema.String.check(
  Schema.isPattern(/^[1-9][0-9]{0,18}$/u, { expected: "a whole number above zero in decimal digits" })
).annotate({
  description: "The place in the audit log, from 1 without a gap.",
  examples: ["42"]
}).pipe(Schema.decodeTo(Schema.BigInt, SchemaTransformation.transform({ decode: BigInt, encode: String })))

const banScale = 8

const minorOf = (text: string): bigint => {
  const [whole = "", fraction = ""] = text.split(".")
  return BigInt(whole + fraction.padEnd(banScale, "0"))
}

const banOf = (minor: bigint): string => {
  const digits = String(minor).padStart(banScale + 1, "0")
  const fraction = digits.slice(-banScale).replace(/0+$/u, "")
  return digits.slice(0, -banScale) + (fraction === "" ? "" : `.${fraction}`)
}

/** An amount in BAN: decimal text on the wire, a bigint of 10⁻⁸ BAN in memory, exact in both. */
export const Ban = Schema.String.check(
  Schema.isPattern(/^(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{1,8})?$/u, {
    expected: "an amount in BAN such as 2.1, with at most 8 decimals"
  })
).annotate({
  description: "An amount in BAN, as decimal text with at most 8 decimals. A string, since it is exact.",
  examples: ["2.1"]
}).pipe(Schema.decodeTo(Schema.BigInt, SchemaTransformation.transform({ decode: minorOf, encode: banOf })))

/** What `Idempotency-Key` may be. */
export const idempotencyKeyPattern = /^[\x21-\x7e]{1,200}$/u
/** What a caller's `X-Correlation-Id` must be to be taken over. */
export const correlationIdPattern = /^[A-Za-z0-9._:-]{8,64}$/u
