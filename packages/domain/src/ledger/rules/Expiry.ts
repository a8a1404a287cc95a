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

/** The expiry of a hold; its id follows from the hold's, so that it is booked once. */
export const expiryOf = (pendingId: TransferId): Expiry => ({
  _tag: "Expire",
  id: deriveTransferId("ledger.hold.expired", pendingId),
  pendingId
})
