/** Models transfers: immutable movements of one asset from a debit to a credit account. */
import * as Schema from "effect/Schema"
import { Asset } from "../money/index.ts"
import { AccountCode } from "./Account.ts"
import { AmountMinor, Metadata, metadataOrNone, nullWhenLeftOut, type Plain } from "./model.ts"

/** Identity of a transfer, chosen by the caller: a UUID in lower-case text form. Derive it from what caused the transfer. */
export const TransferId = Schema.String.check(
  Schema.isPattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u)
).pipe(Schema.brand("TransferId"))
export type TransferId = typeof TransferId.Type

/** Why money moved: dotted lower-case words such as `ticket.claimed`, at most 64 characters. */
export const ReasonCode = Schema.String.check(
  Schema.isPattern(/^(?=.{1,64}$)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/u)
).pipe(Schema.brand("ReasonCode"))
export type ReasonCode = typeof ReasonCode.Type

/** Key under which a caller repeats a request safely, 1 to 200 visible ASCII characters. */
export const IdempotencyKey = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)).pipe(
  Schema.brand("IdempotencyKey")
)
export type IdempotencyKey = typeof IdempotencyKey.Type

const described = {
  id: TransferId,
  reason: ReasonCode,
  /** Document outside the ledger that this belongs to, such as a transaction id; 1 to 200 characters as in metadata. */
  reference: nullWhenLeftOut(Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u))),
  idempotencyKey: nullWhenLeftOut(IdempotencyKey),
  /** When it took effect in the world; null means when it is booked. */
  effectiveAtMillis: nullWhenLeftOut(Schema.Int),
  metadata: metadataOrNone
}
const moving = {
  debit: AccountCode,
  credit: AccountCode,
  asset: Asset.AssetCode,
  /** Refused by name when not positive or over 2^63 - 1, so any bigint gets an answer. */
  amountMinor: Schema.BigInt
}

/**
 * Moves money at once. Like every request it may leave out what is null or empty by default. `reverses` points to the
 * transfer that it undoes in full, which can be done once.
 */
export class PostTransfer extends Schema.TaggedClass<PostTransfer>()("Post", {
  ...described,
  ...moving,
  reverses: nullWhenLeftOut(TransferId)
}) {
  /** The same from plain strings. Throws where one is malformed, as the constructor does. */
  static from(fields: Plain<ConstructorParameters<typeof PostTransfer>[0]>): PostTransfer {
    return new PostTransfer(fields as never)
  }
  /** Undoes a transfer that was posted or settled, in full: the same amount the other way round. */
  static reversing(
    original: Pick<Transfer, "id" | keyof typeof moving>,
    fields: Plain<Omit<ConstructorParameters<typeof PostTransfer>[0], "reverses" | keyof typeof moving>>
  ): PostTransfer {
    const { amountMinor, asset, credit: debit, debit: credit, id: reverses } = original
    return PostTransfer.from({ ...fields, debit, credit, asset, amountMinor, reverses })
  }
}

/** Holds money: pending on both accounts until it is settled, voided, or its expiry has passed. */
export class HoldTransfer extends Schema.TaggedClass<HoldTransfer>()("Hold", {
  ...described,
  ...moving,
  expiresAtMillis: nullWhenLeftOut(Schema.Int)
}) {
  /** The same from plain strings. Throws where one is malformed, as the constructor does. */
  static from(fields: Plain<ConstructorParameters<typeof HoldTransfer>[0]>): HoldTransfer {
    return new HoldTransfer(fields as never)
  }
}

/** Settles a hold in full (`amountMinor` null) or in part; what is left is released. */
export class SettleTransfer extends Schema.TaggedClass<SettleTransfer>()("Settle", {
  ...described,
  pendingId: TransferId,
  amountMinor: nullWhenLeftOut(Schema.BigInt)
}) {
  /** The same from plain strings. Throws where one is malformed, as the constructor does. */
  static from(fields: Plain<ConstructorParameters<typeof SettleTransfer>[0]>): SettleTransfer {
    return new SettleTransfer(fields as never)
  }
}

/** Releases a hold. */
export class VoidTransfer extends Schema.TaggedClass<VoidTransfer>()("Void", {
  ...described,
  pendingId: TransferId
}) {
  /** The same from plain strings. Throws where one is malformed, as the constructor does. */
  static from(fields: Plain<ConstructorParameters<typeof VoidTransfer>[0]>): VoidTransfer {
    return new VoidTransfer(fields as never)
  }
}

/** What a caller may ask of the ledger. */
export type TransferRequest = PostTransfer | HoldTransfer | SettleTransfer | VoidTransfer

/** How a transfer acted: `post` at once, `hold` pending, `settle`, `void` and `expire` end a hold. */
export const TransferKind = Schema.Literals(["post", "hold", "settle", "void", "expire"])
export type TransferKind = typeof TransferKind.Type

/**
 * A booked transfer; it never changes. `sequence` counts all transfers of the ledger from 1 without a gap, in the order
 * of their commits. For `settle`, `amountMinor` is what moved; for `void` and `expire`, what was released.
 */
export const Transfer = Schema.Struct({
  id: TransferId,
  kind: TransferKind,
  debit: AccountCode,
  credit: AccountCode,
  asset: Asset.AssetCode,
  amountMinor: AmountMinor,
  reason: ReasonCode,
  reference: Schema.NullOr(Schema.String),
  idempotencyKey: Schema.NullOr(IdempotencyKey),
  pendingId: Schema.NullOr(TransferId),
  reverses: Schema.NullOr(TransferId),
  expiresAtMillis: Schema.NullOr(Schema.Int),
  effectiveAtMillis: Schema.Int,
  bookedAtMillis: Schema.Int,
  sequence: Schema.BigInt,
  metadata: Metadata
})
export type Transfer = typeof Transfer.Type
