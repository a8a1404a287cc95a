/** Books one request on the working copy, or says why not. */
import * as Result from "effect/Result"
import type { Transfer, TransferRequest } from "../Transfer.ts"
import type { Booking, HoldState } from "./Books.ts"
import {
  checkAccounts,
  checkAmount,
  type Checked,
  checkHold,
  checkMoving,
  checkReversal,
  checkTotals,
  type Moving,
  type Refusal
} from "./checks.ts"
import type { AccountDraft, Draft } from "./Draft.ts"
import { type Expiry, expiryReason } from "./Expiry.ts"
import { firstDifference, kindOf } from "./replay.ts"

/** A booked transfer, and whether it had been booked before. */
export interface BookedOne {
  readonly transfer: Transfer
  readonly replayed: boolean
}

type Answer = Result.Result<BookedOne, Refusal>
type Ending = Exclude<TransferRequest, Moving> | Expiry

/** How one side of an account moves; amounts can be negative. */
interface Shift {
  readonly postedMinor: bigint
  readonly pendingMinor: bigint
}

const onDebit = (account: AccountDraft, { pendingMinor, postedMinor }: Shift): AccountDraft => ({
  ...account,
  version: account.version + 1n,
  debitsPostedMinor: account.debitsPostedMinor + postedMinor,
  debitsPendingMinor: account.debitsPendingMinor + pendingMinor
})
const onCredit = (account: AccountDraft, { pendingMinor, postedMinor }: Shift): AccountDraft => ({
  ...account,
  version: account.version + 1n,
  creditsPostedMinor: account.creditsPostedMinor + postedMinor,
  creditsPendingMinor: account.creditsPendingMinor + pendingMinor
})

/** The earlier booking of the same request, by id or else by key. */
const replay = (draft: Draft, request: TransferRequest): Answer | undefined => {
  const byId = draft.transfer(request.id)
  const existing = byId ?? (request.idempotencyKey === null ? undefined : draft.transferByKey(request.idempotencyKey))
  if (existing === undefined) return undefined
  const held = "pendingId" in request ? draft.transfer(request.pendingId) : undefined
  const difference = firstDifference(request, existing, held)
  if (difference === undefined) return Result.succeed({ transfer: existing, replayed: true })
  return Result.fail(
    byId === undefined ? { ...difference, reason: "IdempotencyKeyUsedWithDifferentRequest" } : difference
  )
}

type Sides = Pick<Transfer, "debit" | "credit" | "asset" | "amountMinor">

const transferOf = (
  request: TransferRequest | Expiry,
  { amountMinor, asset, credit, debit }: Sides,
  { bookedAtMillis, sequence }: { readonly bookedAtMillis: number; readonly sequence: bigint }
): Transfer => {
  const described = request._tag === "Expire"
    ? { reason: expiryReason, reference: null, idempotencyKey: null, effectiveAtMillis: null, metadata: {} }
    : request
  return {
    id: request.id,
    kind: kindOf[request._tag],
    debit,
    credit,
    asset,
    amountMinor,
    reason: described.reason,
    reference: described.reference,
    idempotencyKey: described.idempotencyKey,
    pendingId: "pendingId" in request ? request.pendingId : null,
    reverses: request._tag === "Post" ? request.reverses : null,
    expiresAtMillis: request._tag === "Hold" ? request.expiresAtMillis : null,
    effectiveAtMillis: described.effectiveAtMillis ?? bookedAtMillis,
    bookedAtMillis,
    sequence,
    metadata: described.metadata
  }
}

const put = (draft: Draft, transfer: Transfer, sides: readonly [AccountDraft, AccountDraft]): Answer => {
  draft.setAccount(sides[0])
  draft.setAccount(sides[1])
  draft.add(transfer, sides)
  return Result.succeed({ transfer, replayed: false })
}

const stampOf = (draft: Draft, { bookedAtMillis, lastSequence }: Booking) => ({
  bookedAtMillis,
  sequence: lastSequence + BigInt(draft.transfers.length) + 1n
})

const bookMoving = (draft: Draft, request: Moving, booking: Booking): Answer => {
  const before: Checked = checkMoving(request, booking) ?? checkReversal(draft, request)
  if (before !== undefined) return Result.fail(before)
  const debit = draft.account(request.debit)
  const credit = draft.account(request.credit)
  const wrong = checkAccounts(request, debit, credit)
  if (wrong !== undefined) return Result.fail(wrong)
  const { amountMinor } = request
  const shift: Shift = request._tag === "Hold"
    ? { postedMinor: 0n, pendingMinor: amountMinor }
    : { postedMinor: amountMinor, pendingMinor: 0n }
  const after = [onDebit(debit!, shift), onCredit(credit!, shift)] as const
  const broken = checkTotals(...after)
  if (broken !== undefined) return Result.fail(broken)
  if (request._tag === "Hold") draft.setHold(request.id, "pending")
  return put(draft, transferOf(request, request, stampOf(draft, booking)), after)
}

const endState: Readonly<Record<Ending["_tag"], HoldState>> = { Settle: "settled", Void: "voided", Expire: "expired" }

const bookEnding = (draft: Draft, request: Ending, booking: Booking): Answer => {
  const asked = request._tag === "Settle" ? request.amountMinor : null
  const wrong = (asked === null ? undefined : checkAmount(asked)) ?? checkHold(draft, request, booking)
  if (wrong !== undefined) return Result.fail(wrong)
  const held = draft.transfer(request.pendingId)!
  const postedMinor = request._tag === "Settle" ? asked ?? held.amountMinor : 0n
  const shift: Shift = { postedMinor, pendingMinor: -held.amountMinor }
  const debit = draft.account(held.debit)
  const credit = draft.account(held.credit)
  if (debit === undefined || credit === undefined) {
    throw new Error(`ledger: accounts of hold ${held.id} were not loaded`)
  }
  draft.setHold(held.id, endState[request._tag])
  const amountMinor = request._tag === "Settle" ? postedMinor : held.amountMinor
  return put(draft, transferOf(request, { ...held, amountMinor }, stampOf(draft, booking)), [
    onDebit(debit, shift),
    onCredit(credit, shift)
  ])
}

/** Books the request, or repeats the answer it had. */
export const bookOne = (draft: Draft, request: TransferRequest | Expiry, booking: Booking): Answer => {
  if (request._tag === "Expire") return bookEnding(draft, request, booking)
  const before = replay(draft, request)
  if (before !== undefined) return before
  return request._tag === "Post" || request._tag === "Hold"
    ? bookMoving(draft, request, booking)
    : bookEnding(draft, request, booking)
}
