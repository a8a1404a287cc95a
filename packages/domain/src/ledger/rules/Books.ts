/** Models the part of the books that a batch touches, and what deciding it adds. */
import type { Asset } from "../../money/index.ts"
import type { Account, AccountCode } from "../Account.ts"
import type { Entry, LinkedSet, Outcome } from "../LedgerStore.ts"
import type { IdempotencyKey, Transfer, TransferId } from "../Transfer.ts"

/** Where a hold stands. A hold whose expiry has passed is `pending` until an expiry is booked. */
export type HoldState = "pending" | "settled" | "voided" | "expired"

/** The rows that a store has loaded, and locked where several writers exist. What is missing here does not exist. */
export interface Books {
  readonly accounts: ReadonlyMap<AccountCode, Account>
  readonly transfers: ReadonlyMap<TransferId, Transfer>
  readonly transfersByKey: ReadonlyMap<IdempotencyKey, Transfer>
  readonly holds: ReadonlyMap<TransferId, HoldState>
  /** Transfers that were reversed. */
  readonly reversed: ReadonlySet<TransferId>
}

/** When the batch is booked, after which sequence, and which assets there are. */
export interface Booking {
  readonly bookedAtMillis: number
  /** Sequence of the newest transfer, 0n for an empty ledger. */
  readonly lastSequence: bigint
  readonly assets: ReadonlyArray<Asset.Asset>
}

/** What the store has to write, all or nothing, and the answers to give once that is committed. */
export interface Decision {
  /** One answer for each set, in order. */
  readonly outcomes: ReadonlyArray<Outcome>
  /** New transfers in order of their sequences. */
  readonly transfers: ReadonlyArray<Transfer>
  /** Two for each new transfer: its debit and its credit account just after it. */
  readonly entries: ReadonlyArray<Entry>
  /** Accounts that changed, as they are now. */
  readonly accounts: ReadonlyArray<Account>
  /** Holds that are new or changed. */
  readonly holds: ReadonlyMap<TransferId, HoldState>
}

/** The identities that a batch refers to. Load these first; then `accountsOf` tells which accounts to lock. */
export interface Reads {
  /** Ids of the requests, of the holds they end and of the transfers they reverse. */
  readonly transferIds: ReadonlySet<TransferId>
  readonly idempotencyKeys: ReadonlySet<IdempotencyKey>
}

/** What the batch refers to. */
export const reads = (sets: ReadonlyArray<LinkedSet>): Reads => {
  const transferIds = new Set<TransferId>()
  const idempotencyKeys = new Set<IdempotencyKey>()
  for (const request of sets.flat()) {
    transferIds.add(request.id)
    if ("pendingId" in request) transferIds.add(request.pendingId)
    if ("reverses" in request && request.reverses !== null) transferIds.add(request.reverses)
    if (request.idempotencyKey !== null) idempotencyKeys.add(request.idempotencyKey)
  }
  return { transferIds, idempotencyKeys }
}

/** The accounts that the batch moves, in the order to lock them in. `transfers` are those that `reads` named. */
export const accountsOf = (
  sets: ReadonlyArray<LinkedSet>,
  transfers: ReadonlyMap<TransferId, Transfer>
): ReadonlyArray<AccountCode> => {
  const codes = new Set<AccountCode>()
  for (const request of sets.flat()) {
    // A hold of this batch names its accounts itself.
    const sides = "pendingId" in request ? transfers.get(request.pendingId) : request
    if (sides !== undefined) codes.add(sides.debit).add(sides.credit)
  }
  return [...codes].sort((left, right) => left < right ? -1 : 1)
}
