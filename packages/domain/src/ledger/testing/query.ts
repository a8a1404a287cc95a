/** Answers queries over transfers in memory. */
import type { TransferQuery } from "../LedgerStore.ts"
import type { Transfer } from "../Transfer.ts"

const holds = <A>(asked: A | undefined, test: (asked: A) => boolean): boolean => asked === undefined || test(asked)

/** True when every condition that is given holds. */
export const matches = (transfer: Transfer, query: TransferQuery): boolean =>
  [
    holds(query.account, (code) => transfer.debit === code || transfer.credit === code),
    holds(query.accountPrefix, (text) => transfer.debit.startsWith(text) || transfer.credit.startsWith(text)),
    holds(query.reference, (reference) => transfer.reference === reference),
    holds(query.reason, (reason) => transfer.reason === reason),
    holds(query.kind, (kind) => transfer.kind === kind),
    holds(query.bookedFromMillis, (from) => transfer.bookedAtMillis >= from),
    holds(query.bookedToMillis, (to) => transfer.bookedAtMillis < to),
    holds(
      query.metadata,
      (entries) => Object.entries(entries).every(([key, value]) => transfer.metadata[key] === value)
    )
  ].every(Boolean)

/** One page of transfers that are ordered by sequence. */
export const page = (
  transfers: ReadonlyArray<Transfer>,
  { after, limit, order }: TransferQuery
): ReadonlyArray<Transfer> => {
  const ordered = order === "oldest_first" ? transfers : transfers.toReversed()
  const isPast = ({ sequence }: Transfer): boolean =>
    after === undefined || (order === "oldest_first" ? sequence > after : sequence < after)
  return ordered.filter(isPast).slice(0, limit)
}
