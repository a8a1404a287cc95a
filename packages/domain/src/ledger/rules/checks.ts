/** Checks one request against the books, reason by reason in the order of precedence. */
import type { LedgerReason } from "../LedgerError.ts"
import { maximumMinor } from "../model.ts"
import type { HoldTransfer, PostTransfer, SettleTransfer, Transfer, TransferRequest } from "../Transfer.ts"
import type { Booking, HoldState } from "./Books.ts"
import type { AccountDraft, Draft } from "./Draft.ts"
import type { Expiry } from "./Expiry.ts"

/** Why a request is refused; `detail` names the account or transfer that it is about. */
export interface Refusal {
  readonly reason: LedgerReason
  readonly field?: string
  readonly detail?: string
}

/** The answer of a check: undefined when it has nothing against the request. */
export type Checked = Refusal | undefined

/** A request that names its accounts and amount. */
export type Moving = PostTransfer | HoldTransfer

const refuse = (reason: LedgerReason, field: string, detail?: string): Refusal => ({
  reason,
  field,
  ...(detail === undefined ? {} : { detail })
})

/** Amount above 0 and within 64 bits. */
export const checkAmount = (amountMinor: bigint): Checked => {
  if (amountMinor <= 0n) return refuse("AmountMustBePositive", "amountMinor")
  return amountMinor > maximumMinor ? refuse("AmountOverflows", "amountMinor") : undefined
}

/** What can be said without looking at the books. */
export const checkMoving = (request: Moving, { assets, bookedAtMillis }: Booking): Checked => {
  if (!assets.some(({ code }) => code === request.asset)) return refuse("AssetUnknown", "asset", request.asset)
  const amount = checkAmount(request.amountMinor)
  if (amount !== undefined) return amount
  if (request.debit === request.credit) return refuse("AccountsMustDiffer", "credit", request.credit)
  return request._tag === "Hold" && request.expiresAtMillis !== null && request.expiresAtMillis <= bookedAtMillis
    ? refuse("ExpiryMustBeInTheFuture", "expiresAtMillis")
    : undefined
}

const endedBecause: Readonly<Record<Exclude<HoldState, "pending">, LedgerReason>> = {
  settled: "PendingTransferAlreadySettled",
  voided: "PendingTransferAlreadyVoided",
  expired: "PendingTransferExpired"
}

const hasExpired = ({ expiresAtMillis }: Transfer, nowMillis: number): boolean =>
  expiresAtMillis !== null && expiresAtMillis <= nowMillis

/** The hold that is to end: there, a hold, and not ended. An expiry may end it only once its time has passed. */
export const checkHold = (
  draft: Draft,
  request: SettleTransfer | Expiry | Extract<TransferRequest, { readonly _tag: "Void" }>,
  { bookedAtMillis }: Booking
): Checked => {
  const held = draft.transfer(request.pendingId)
  if (held === undefined) return refuse("PendingTransferNotFound", "pendingId", request.pendingId)
  if (held.kind !== "hold") return refuse("TransferIsNotPending", "pendingId", request.pendingId)
  const state = draft.holdState(request.pendingId) ?? "pending"
  if (state !== "pending") return refuse(endedBecause[state], "pendingId", request.pendingId)
  const isExpiry = request._tag === "Expire"
  if (!isExpiry && hasExpired(held, bookedAtMillis)) return refuse("PendingTransferExpired", "pendingId", held.id)
  if (isExpiry && !hasExpired(held, bookedAtMillis)) return refuse("ExpiryMustBeInTheFuture", "pendingId", held.id)
  return request._tag === "Settle" && request.amountMinor !== null && request.amountMinor > held.amountMinor
    ? refuse("AmountExceedsPendingTransfer", "amountMinor", String(held.amountMinor))
    : undefined
}

/** The transfer to reverse: there, posted, not reversed before, and mirrored in full. */
export const checkReversal = (draft: Draft, request: Moving): Checked => {
  if (request._tag === "Hold" || request.reverses === null) return undefined
  const original = draft.transfer(request.reverses)
  if (original === undefined) return refuse("ReversedTransferNotFound", "reverses", request.reverses)
  if (original.kind !== "post" && original.kind !== "settle") return refuse("ReversedTransferMustBePosted", "reverses")
  if (draft.isReversed(original.id)) return refuse("TransferAlreadyReversed", "reverses", original.id)
  const isMirror = request.debit === original.credit && request.credit === original.debit
    && request.asset === original.asset && request.amountMinor === original.amountMinor
  return isMirror ? undefined : refuse("ReversalMustMirrorTransfer", "reverses", original.id)
}

/** Both accounts are there, of the asset, and open. */
export const checkAccounts = (
  request: Moving,
  debit: AccountDraft | undefined,
  credit: AccountDraft | undefined
): Checked => {
  if (debit === undefined) return refuse("DebitAccountNotFound", "debit", request.debit)
  if (credit === undefined) return refuse("CreditAccountNotFound", "credit", request.credit)
  if (debit.asset !== request.asset) return refuse("AssetsMustMatch", "debit", debit.code)
  if (credit.asset !== request.asset) return refuse("AssetsMustMatch", "credit", credit.code)
  if (debit.state === "closed") return refuse("DebitAccountClosed", "debit", debit.code)
  return credit.state === "closed" ? refuse("CreditAccountClosed", "credit", credit.code) : undefined
}

const overflows = (account: AccountDraft): boolean =>
  account.debitsPostedMinor + account.debitsPendingMinor > maximumMinor
  || account.creditsPostedMinor + account.creditsPendingMinor > maximumMinor

/** True when the limited side, pending amounts included, exceeds the other by more than the overdraft. */
export const breaksRule = (account: AccountDraft): boolean => {
  const {
    balanceRule,
    creditsPendingMinor,
    creditsPostedMinor,
    debitsPendingMinor,
    debitsPostedMinor,
    overdraftMinor
  } = account
  if (balanceRule === "none") return false
  return balanceRule === "debits_at_most_credits"
    ? debitsPostedMinor + debitsPendingMinor > creditsPostedMinor + overdraftMinor
    : creditsPostedMinor + creditsPendingMinor > debitsPostedMinor + overdraftMinor
}

/** The totals after the movement fit 64 bits, and neither side breaks the rule of its account. */
export const checkTotals = (debit: AccountDraft, credit: AccountDraft): Checked => {
  if (overflows(debit)) return refuse("TotalOverflows", "debit", debit.code)
  if (overflows(credit)) return refuse("TotalOverflows", "credit", credit.code)
  if (debit.balanceRule === "debits_at_most_credits" && breaksRule(debit)) {
    return refuse("InsufficientFunds", "debit", debit.code)
  }
  return credit.balanceRule === "credits_at_most_debits" && breaksRule(credit)
    ? refuse("InsufficientFunds", "credit", credit.code)
    : undefined
}
