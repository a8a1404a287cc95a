/** Decides booked transfers again, as an archive of another ledger gives them. */
import * as Result from "effect/Result"
import type { Asset } from "../../money/index.ts"
import { type RecordedTransfer, recordText } from "../log/index.ts"
import type { Transfer, TransferKind, TransferRequest } from "../Transfer.ts"
import { bookOne } from "./book.ts"
import type { Books, Decision } from "./Books.ts"
import { Draft } from "./Draft.ts"
import { type Expiry, expiryOf } from "./Expiry.ts"

/** Why a transfer can not have been booked so. */
export interface RetraceFault {
  readonly reason: "TransferRefused" | "TransferDiffers"
  /** Its place among those given. */
  readonly index: number
  readonly detail: string
}

/** A decision on all the transfers, or on none of them because of `fault`. */
export interface Retraced extends Decision {
  readonly fault: RetraceFault | undefined
}

type Fields = ReadonlyArray<keyof RecordedTransfer>

const requestFields: Readonly<Record<Exclude<TransferKind, "expire">, readonly [TransferRequest["_tag"], ...Fields]>> =
  {
    post: ["Post", "debit", "credit", "asset", "amountMinor", "reverses"],
    hold: ["Hold", "debit", "credit", "asset", "amountMinor", "expiresAtMillis"],
    settle: ["Settle", "pendingId", "amountMinor"],
    void: ["Void", "pendingId"]
  }

/**
 * What was asked when this was booked; undefined where a hold is missing that it ends. An effective time that was left out
 * then is the booking time.
 */
const requestOf = (transfer: RecordedTransfer): TransferRequest | Expiry | undefined => {
  const { bookedAtMillis, effectiveAtMillis, id, idempotencyKey, kind, metadata, pendingId, reason, reference } =
    transfer
  if (kind === "expire") return pendingId === null ? undefined : expiryOf(pendingId, bookedAtMillis)
  const [_tag, ...fields] = requestFields[kind]
  if (fields.includes("pendingId") && pendingId === null) return undefined
  const own = Object.fromEntries(fields.map((field) => [field, transfer[field]]))
  return { _tag, id, reason, reference, idempotencyKey, effectiveAtMillis, metadata, ...own } as TransferRequest
}

const unsalted = "" as Parameters<typeof recordText>[1]

const isElsewhere = (transfer: RecordedTransfer, held: Transfer | undefined): boolean =>
  held !== undefined && (held.debit !== transfer.debit || held.credit !== transfer.credit)

const faultOf = (
  draft: Draft,
  transfer: RecordedTransfer,
  booking: { readonly lastSequence: bigint; readonly assets: ReadonlyArray<Asset.Asset> }
): Omit<RetraceFault, "index"> | undefined => {
  const request = requestOf(transfer)
  if (request === undefined) return { reason: "TransferRefused", detail: `${transfer.id} ends no hold` }
  if ("pendingId" in request && isElsewhere(transfer, draft.transfer(request.pendingId))) {
    return { reason: "TransferDiffers", detail: `${transfer.id} is not on the accounts of its hold` }
  }
  // What the rules answer to an id that is taken is no new transfer.
  if (draft.transfer(request.id) !== undefined) return { reason: "TransferRefused", detail: `${transfer.id} is taken` }
  const answer = bookOne(draft, request, { ...booking, bookedAtMillis: transfer.bookedAtMillis })
  if (Result.isFailure(answer)) {
    return { reason: "TransferRefused", detail: `${transfer.id}: ${answer.failure.reason}` }
  }
  const { replayed, transfer: booked } = answer.success
  if (replayed) return { reason: "TransferRefused", detail: `the idempotency key of ${transfer.id} is taken` }
  return recordText(booked, unsalted) === recordText(transfer, unsalted)
    ? undefined
    : { reason: "TransferDiffers", detail: transfer.id }
}

/** Decides the transfers in order, each at the time when it was booked. They count from after `lastSequence`. */
export const retrace = (
  books: Books,
  transfers: ReadonlyArray<RecordedTransfer>,
  booking: { readonly lastSequence: bigint; readonly assets: ReadonlyArray<Asset.Asset> }
): Retraced => {
  const draft = new Draft(books)
  for (const [index, transfer] of transfers.entries()) {
    const fault = faultOf(draft, transfer, booking)
    if (fault !== undefined) {
      return { outcomes: [], transfers: [], entries: [], accounts: [], holds: new Map(), fault: { ...fault, index } }
    }
    draft.keepSet()
  }
  return { outcomes: [], transfers: draft.transfers, entries: draft.entries, ...draft.changed, fault: undefined }
}
