/** Models payouts: a debt to a player, and the one block that may pay it. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Asset } from "../money/index.ts"

/** Identity of a payout: 1 to 200 visible ASCII characters. */
export const PayoutId = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)).pipe(Schema.brand("PayoutId"))
export type PayoutId = typeof PayoutId.Type

/** Names the debt for ever: 64 lower-case hex digits that follow from its accruals, unique among payouts. */
export const PayoutKey = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u)).pipe(Schema.brand("PayoutKey"))
export type PayoutKey = typeof PayoutKey.Type

/** Hash of a signed block, as its rail writes it; 1 to 200 visible ASCII characters. */
export const BlockReference = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)).pipe(
  Schema.brand("BlockReference")
)
export type BlockReference = typeof BlockReference.Type

/** Why accruals have no key: there are none, one comes twice, or one is empty or holds the comma that joins them. */
export class PayoutKeyRefused extends Data.TaggedError("PayoutKeyRefused")<{
  readonly why: "NoAccruals" | "AccrualTwice" | "AccrualMalformed"
}> {
  override get message(): string {
    return `no key for these accruals: ${this.why}`
  }
}

/** SHA-256 over the sorted accrual ids, joined by commas. The order of the ids does not matter. */
export const payoutKey = (accrualIds: ReadonlyArray<string>): Result.Result<PayoutKey, PayoutKeyRefused> => {
  if (accrualIds.length === 0) return Result.fail(new PayoutKeyRefused({ why: "NoAccruals" }))
  if (accrualIds.some((id) => id === "" || id.includes(","))) {
    return Result.fail(new PayoutKeyRefused({ why: "AccrualMalformed" }))
  }
  if (new Set(accrualIds).size < accrualIds.length) return Result.fail(new PayoutKeyRefused({ why: "AccrualTwice" }))
  return Result.succeed(PayoutKey.make(bytesToHex(sha256(utf8ToBytes(accrualIds.toSorted().join(","))))))
}

/**
 * - `queued`: owed, nothing signed that may still land.
 * - `signed`: its block is stored; whether anybody has seen it is not known.
 * - `sent`: the rail has the block. It is not paid before it is confirmed.
 * - `unknown`: nobody knows what became of the block; only looking it up ends this.
 * - `confirmed`: paid, for ever.
 * - `failed`: nothing of it can land, and the debt is free again.
 * - `simulated`: where a dry run ends, for ever.
 */
export const PayoutStatus = Schema.Literals(["queued", "signed", "sent", "unknown", "confirmed", "failed", "simulated"])
export type PayoutStatus = typeof PayoutStatus.Type

/** A payout. */
export class Payout extends Schema.Class<Payout>("Payout")({
  id: PayoutId,
  key: PayoutKey,
  player: Schema.String,
  /** The address that is paid. */
  payee: Schema.String,
  asset: Asset.AssetCode,
  /** Positive, in minor units of the asset. */
  amountMinor: Schema.BigInt.check(Schema.isGreaterThanBigInt(0n)),
  dryRun: Schema.Boolean,
  status: PayoutStatus,
  /** When its debt was taken up, the last time: the caps of day and week count it by this. */
  queuedAtMillis: Schema.Int,
  /** How often the debt was taken up again after it failed, from 0: each round is booked for itself. */
  round: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** The one block that may land; null while there is none. */
  block: Schema.NullOr(BlockReference),
  /** When the rail first had the block; null if it never said so. */
  takenAtMillis: Schema.NullOr(Schema.Int),
  /** Attempts at preparing or publishing since it was last queued. */
  attempts: Schema.Int,
  firstAttemptAtMillis: Schema.NullOr(Schema.Int),
  lastAttemptAtMillis: Schema.NullOr(Schema.Int),
  nextAttemptAtMillis: Schema.NullOr(Schema.Int),
  failureReason: Schema.NullOr(Schema.String)
}) {}
