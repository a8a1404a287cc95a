/** Writes a transfer as the canonical bytes that the log hashes, and reads them back. */
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { AmountMinor, type Metadata } from "../model.ts"
import { Transfer } from "../Transfer.ts"

/**
 * What the log says of a transfer: all of it but the sequence, which the place in the log proves. A leaf at `index`
 * has sequence `index + 1`.
 */
export type RecordedTransfer = Omit<Transfer, "sequence">

/**
 * 16 random bytes as 32 lower-case hex digits, drawn for each transfer, so that nobody can guess a transfer from its leaf
 * hash in the proof of its neighbour. Empty for transfers that were booked before there was a log.
 */
export const LogSalt = Schema.String.check(Schema.isPattern(/^(?:[0-9a-f]{32})?$/u)).pipe(Schema.brand("LogSalt"))
export type LogSalt = typeof LogSalt.Type

/** Why some bytes are no record of a transfer. */
export class RecordError extends Data.TaggedError("RecordError")<{
  readonly reason:
    | "RecordIsMissing"
    | "RecordIsNotUtf8"
    | "RecordIsNotJson"
    | "RecordVersionUnknown"
    | "RecordIsNoTransfer"
    | "RecordIsNotCanonical"
  readonly detail?: string
}> {
  override get message(): string {
    return this.detail === undefined ? this.reason : `${this.reason}: ${this.detail}`
  }
}

const { sequence: _, ...fields } = Transfer.fields

const Recorded = Schema.Struct({
  v: Schema.Literal(1),
  ...fields,
  amountMinor: Schema.BigIntFromString.pipe(Schema.decodeTo(AmountMinor)),
  salt: LogSalt
}).pipe(Schema.encodeKeys({
  amountMinor: "amount_minor",
  idempotencyKey: "idempotency_key",
  pendingId: "pending_id",
  expiresAtMillis: "expires_at_millis",
  effectiveAtMillis: "effective_at_millis",
  bookedAtMillis: "booked_at_millis"
}))

/** Keys by code unit. Written by hand: an object would put keys that look like numbers first. */
const printMetadata = (metadata: typeof Metadata.Type): string => {
  const keys = Object.keys(metadata)
  if (keys.length === 0) return "{}"
  return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`).join(",")}}`
}

/**
 * The record as text: one line of JSON without spaces, keys always in this order, amounts as decimal strings. `"\0"` and
 * this text in UTF-8 are what the leaf is the hash of.
 */
export const recordText = (transfer: RecordedTransfer, salt: LogSalt): string => {
  const head = JSON.stringify({
    v: 1,
    id: transfer.id,
    kind: transfer.kind,
    debit: transfer.debit,
    credit: transfer.credit,
    asset: transfer.asset,
    amount_minor: String(transfer.amountMinor),
    reason: transfer.reason,
    reference: transfer.reference,
    idempotency_key: transfer.idempotencyKey,
    pending_id: transfer.pendingId,
    reverses: transfer.reverses,
    expires_at_millis: transfer.expiresAtMillis,
    effective_at_millis: transfer.effectiveAtMillis,
    booked_at_millis: transfer.bookedAtMillis
  })
  return `${head.slice(0, -1)},"metadata":${printMetadata(transfer.metadata)},"salt":"${salt}"}`
}

/** The record as bytes: `recordText` in UTF-8. Its `leafHash` is the transfer's leaf. */
export const recordOf = (transfer: RecordedTransfer, salt: LogSalt): Uint8Array =>
  utf8ToBytes(recordText(transfer, salt))

/** A record that was read back. */
export interface ParsedRecord {
  readonly transfer: RecordedTransfer
  readonly salt: LogSalt
}

const refused = (reason: RecordError["reason"], detail?: string) =>
  Result.fail(new RecordError({ reason, ...(detail === undefined ? {} : { detail }) }))

/** Percent-decoding is the strict UTF-8 decoder that the language itself has. */
const decodeText = (bytes: Uint8Array): string | undefined => {
  try {
    return decodeURIComponent(bytesToHex(bytes).replaceAll(/../gu, "%$&"))
  } catch {
    return undefined
  }
}

const parseJson = (text: string): { readonly v?: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const decode = Schema.decodeUnknownResult(Recorded, { onExcessProperty: "error" })

/** Reads a record back. Only bytes that `recordOf` writes for what they say are one. */
export const parseRecord = (bytes: Uint8Array): Result.Result<ParsedRecord, RecordError> => {
  const text = decodeText(bytes)
  if (text === undefined) return refused("RecordIsNotUtf8")
  const json = parseJson(text)
  if (json === undefined) return refused("RecordIsNotJson")
  if (json.v !== 1) return refused("RecordVersionUnknown")
  const decoded = decode(json)
  if (Result.isFailure(decoded)) return refused("RecordIsNoTransfer", decoded.failure.message)
  const { salt, v: _version, ...transfer } = decoded.success
  return recordText(transfer, salt) === text ? Result.succeed({ transfer, salt }) : refused("RecordIsNotCanonical")
}
