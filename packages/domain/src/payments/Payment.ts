/** Models incoming payments on any rail, from the first sight to the books. */
import * as Schema from "effect/Schema"
import { Asset } from "../money/index.ts"

/** The ways in. */
export const Rail = Schema.Literals(["monero", "stars", "card"])
export type Rail = typeof Rail.Type

/** What the rail calls this payment, unique on the rail. For Monero `txid/major/minor`. */
export const PaymentKey = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)).pipe(
  Schema.brand("PaymentKey")
)
export type PaymentKey = typeof PaymentKey.Type

/**
 * - `seen`: announced, not settled on the rail (for Monero: in the pool).
 * - `confirming`: on the rail, not final enough.
 * - `credited`: final enough and creditable; it counts for what it paid for.
 * - `withheld`: final enough and never creditable, for the reason in `withheldReason`; booked apart, never lost from view.
 * - `orphaned`: vanished from the rail after it had been seen. Comes back when the rail shows it again.
 */
export const PaymentState = Schema.Literals(["seen", "confirming", "credited", "withheld", "orphaned"])
export type PaymentState = typeof PaymentState.Type

/** Why a payment is withheld. */
export const WithheldReason = Schema.Literals(["time_locked", "no_target", "own_change"])
export type WithheldReason = typeof WithheldReason.Type

/** Where the money of a payment stands in the books: nowhere, received, or attributed (credited or withheld). */
export const BookedAs = Schema.Literals(["nothing", "received", "credited", "withheld"])
export type BookedAs = typeof BookedAs.Type

/** An incoming payment. */
export class Payment extends Schema.Class<Payment>("Payment")({
  rail: Rail,
  key: PaymentKey,
  /** The transaction on the rail; several payments can share one. For Monero 64 lower-case hex digits. */
  transactionId: Schema.String,
  /** What it pays for, in the rail's own terms; for Monero the 8-byte id in lower-case hex, null when there is none. */
  target: Schema.NullOr(Schema.String),
  asset: Asset.AssetCode,
  amountMinor: Schema.BigInt,
  state: PaymentState,
  withheldReason: Schema.NullOr(WithheldReason),
  bookedAs: BookedAs,
  /** How often it has left the books because it vanished; part of the identity of its transfers. */
  reversals: Schema.Int,
  /** Height of its block, null while it has none. */
  height: Schema.NullOr(Schema.Int),
  /** Confirmations when last looked at. */
  confirmations: Schema.Int,
  /** The block height or time until which the sender locked the money; 0 for none. */
  unlockTime: Schema.BigInt,
  doubleSpendSeen: Schema.Boolean,
  firstSeenAtMillis: Schema.Int,
  changedAtMillis: Schema.Int
}) {}
