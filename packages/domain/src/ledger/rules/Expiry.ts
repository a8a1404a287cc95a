/** Models the request that only the ledger makes: to release a hold whose time has passed. */
import { deriveTransferId } from "../deriveTransferId.ts"
import { ReasonCode, type TransferId } from "../Transfer.ts"

/** Releases a hold because its expiry has passed. */
export interface Expiry {
  readonly _tag: "Expire"
  readonly id: TransferId
  readonly pendingId: TransferId
}

/** Reason of every expiry. */
export const expiryReason = ReasonCode.make("hold.expired")

/**
 * The expiry of a hold at a time. Once only because a hold ends once; the time is in the id so that nobody who posts under
 * an id that they can work out keeps the hold from expiring: a moment later the id is another one.
 */
export const expiryOf = (pendingId: TransferId, atMillis: number): Expiry => ({
  _tag: "Expire",
  id: deriveTransferId("ledger.hold.expired", pendingId, String(atMillis)),
  pendingId
})
