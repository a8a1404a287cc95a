/** Models tickets: what a payment id has been paid, who claimed it, and the token that came out. */
import * as Schema from "effect/Schema"

/** The 8-byte id of an integrated address as 16 lower-case hex digits; never all zero. */
export const Id8 = Schema.String.check(Schema.isPattern(/^(?!0{16}$)[0-9a-f]{16}$/u)).pipe(Schema.brand("Id8"))
export type Id8 = typeof Id8.Type

/** SHA3-256 of a payment id under its own prefix, 32 bytes as 64 lower-case hex digits. */
export const Commitment = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u)).pipe(Schema.brand("Commitment"))
export type Commitment = typeof Commitment.Type

/** SHA3-256 of a service token under its own prefix, as 64 lower-case hex digits: all that is stored of it. */
export const TokenHash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u)).pipe(Schema.brand("TokenHash"))
export type TokenHash = typeof TokenHash.Type

/** How a token was made: 1 is the plain hash of older installations, 2 is keyed with the key named by `keyId`. */
export const TokenFormat = Schema.Literals([1, 2])
export type TokenFormat = typeof TokenFormat.Type

/** What a claim fixed for ever, so that the same secret yields the same token. */
export class Claim extends Schema.Class<Claim>("Claim")({
  commitment: Commitment,
  tokenHash: TokenHash,
  format: TokenFormat,
  keyId: Schema.NullOr(Schema.String),
  /** The transaction that the token is derived from, 64 lower-case hex digits. */
  transactionId: Schema.String,
  claimedAtMillis: Schema.Int
}) {}

/** How a token was taken back. */
export class Revocation extends Schema.Class<Revocation>("Revocation")({
  reason: Schema.NullOr(Schema.String),
  abuseScore: Schema.Int,
  revokedAtMillis: Schema.Int
}) {}

/** What one payment id has come to. */
export class Ticket extends Schema.Class<Ticket>("Ticket")({
  id8: Id8,
  /** Sum of its credited payments in piconero, as the books have it now. */
  creditedMinor: Schema.BigInt,
  /** The most that it has ever been credited since its claim; the token is suspended while less is credited. */
  claimedMinor: Schema.BigInt,
  claim: Schema.NullOr(Claim),
  revocation: Schema.NullOr(Revocation),
  firstSeenAtMillis: Schema.Int
}) {}

/** `suspended`: money that the token stands for has vanished in a reorganisation and has not come back. */
export type TokenStatus = "active" | "suspended" | "revoked"
