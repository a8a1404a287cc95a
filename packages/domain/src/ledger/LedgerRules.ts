/**
 * Decides what a batch of linked sets does to the books. Pure and total: every store loads the rows that `reads` and
 * `accountsOf` name, lets `decideBatch` decide, and writes what it says, so that all stores give the same answers.
 */
import * as Result from "effect/Result"
import { LedgerError } from "./LedgerError.ts"
import type { LinkedSet, Outcome } from "./LedgerStore.ts"
import { bookOne } from "./rules/book.ts"
import type { Booking, Books, Decision } from "./rules/Books.ts"
import type { Refusal } from "./rules/checks.ts"
import { Draft } from "./rules/Draft.ts"
import { expiryOf } from "./rules/Expiry.ts"
import type { Transfer, TransferId } from "./Transfer.ts"

export { Auditor } from "./rules/Auditor.ts"
export {
  accountsOf,
  type Booking,
  type Books,
  type Decision,
  type HoldState,
  type Reads,
  reads
} from "./rules/Books.ts"
export { breaksRule } from "./rules/checks.ts"
export { retrace, type Retraced, type RetraceFault } from "./rules/retrace.ts"

const failed = (refusal: Refusal, index: number): Outcome => Result.fail(new LedgerError({ ...refusal, index }))

const checkSet = (set: LinkedSet): Outcome | undefined => {
  if (set.length === 0) return failed({ reason: "LinkedSetIsEmpty" }, 0)
  if (set.length === 1) return undefined
  const seen = new Set<TransferId>()
  const repeated = set.findIndex(({ id }) => seen.size === seen.add(id).size)
  return repeated < 0 ? undefined : failed({ reason: "TransferIdRepeatedInSet", field: "id" }, repeated)
}

const decideSet = (draft: Draft, set: LinkedSet, booking: Booking): Outcome => {
  const wrong = checkSet(set)
  if (wrong !== undefined) return wrong
  const transfers: Array<Transfer> = []
  let replayed = true
  for (const [index, request] of set.entries()) {
    const answer = bookOne(draft, request, booking)
    if (Result.isFailure(answer)) {
      draft.undoSet()
      return failed(answer.failure, index)
    }
    transfers.push(answer.success.transfer)
    replayed &&= answer.success.replayed
  }
  draft.keepSet()
  return Result.succeed({ transfers, replayed })
}

const decision = (draft: Draft, outcomes: ReadonlyArray<Outcome>): Decision => ({
  outcomes,
  transfers: draft.transfers,
  entries: draft.entries,
  ...draft.changed
})

/**
 * Decides the sets in order, each all or nothing, each on top of what the earlier ones booked. A set whose transfers were
 * all booked before is answered with those; of a set that was booked in part, only the rest is booked.
 */
export const decideBatch = (books: Books, sets: ReadonlyArray<LinkedSet>, booking: Booking): Decision => {
  const draft = new Draft(books)
  return decision(draft, sets.map((set) => decideSet(draft, set, booking)))
}

/** Books the expiry of each hold that is pending and whose time has passed; passes over the others, and over taken ids. */
export const decideExpiries = (books: Books, holds: ReadonlyArray<TransferId>, booking: Booking): Decision => {
  const draft = new Draft(books)
  for (const id of holds) {
    const expiry = expiryOf(id, booking.bookedAtMillis)
    if (draft.transfer(expiry.id) === undefined) bookOne(draft, expiry, booking)
  }
  draft.keepSet()
  return decision(draft, [])
}
