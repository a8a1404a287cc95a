/** Lists every reason for which the ledger refuses, in order of precedence. */
import * as Data from "effect/Data"

/**
 * Reasons in order of precedence: where several hold, the first in this list is the answer, on every store.
 * `TransferExistsWithDifferent…` and `IdempotencyKeyUsedWithDifferent…` carry the field in `field`.
 */
export const reasonsInOrder = [
  "LinkedSetIsEmpty",
  "TransferIdRepeatedInSet",
  "TransferExistsWithDifferentKind",
  "TransferExistsWithDifferentDebit",
  "TransferExistsWithDifferentCredit",
  "TransferExistsWithDifferentAsset",
  "TransferExistsWithDifferentAmount",
  "TransferExistsWithDifferentPendingId",
  "TransferExistsWithDifferentReverses",
  "TransferExistsWithDifferentExpiry",
  "TransferExistsWithDifferentReason",
  "TransferExistsWithDifferentReference",
  "TransferExistsWithDifferentIdempotencyKey",
  "TransferExistsWithDifferentEffectiveTime",
  "TransferExistsWithDifferentMetadata",
  "IdempotencyKeyUsedWithDifferentRequest",
  "AssetUnknown",
  "AmountMustBePositive",
  "AmountOverflows",
  "AccountsMustDiffer",
  "ExpiryMustBeInTheFuture",
  "PendingTransferNotFound",
  "TransferIsNotPending",
  "PendingTransferAlreadySettled",
  "PendingTransferAlreadyVoided",
  "PendingTransferExpired",
  "AmountExceedsPendingTransfer",
  "ReversedTransferNotFound",
  "ReversedTransferMustBePosted",
  "TransferAlreadyReversed",
  "ReversalMustMirrorTransfer",
  "DebitAccountNotFound",
  "CreditAccountNotFound",
  "AssetsMustMatch",
  "DebitAccountClosed",
  "CreditAccountClosed",
  "TotalOverflows",
  "InsufficientFunds"
] as const
/** One of the reasons. */
export type LedgerReason = (typeof reasonsInOrder)[number]

/**
 * The ledger refused; nothing of the set was booked. `index` is the place in the linked set that failed, `field` and
 * `detail` name what differs or is missing. A refusal leaves no trace: the same id may be tried again.
 */
export class LedgerError extends Data.TaggedError("LedgerError")<{
  readonly reason: LedgerReason
  readonly index: number
  readonly field?: string
  readonly detail?: string
}> {
  /** True when the same request can succeed later without being changed. */
  get isRetryable(): boolean {
    return this.reason === "InsufficientFunds"
  }
  override get message(): string {
    return `${this.reason}${this.field === undefined ? "" : ` (${this.field})`}${
      this.detail === undefined ? "" : `: ${this.detail}`
    }`
  }
}

/** An account could not be opened, closed or found. `field` names what differs from the account that exists. */
export class AccountError extends Data.TaggedError("AccountError")<{
  readonly reason:
    | "AssetUnknown"
    | "AccountExistsWithDifferentFields"
    | "AccountNotFound"
    | "AccountHasPendingTransfers"
  readonly code: string
  readonly field?: string
}> {
  override get message(): string {
    return `${this.reason}: ${this.code}${this.field === undefined ? "" : ` (${this.field})`}`
  }
}
