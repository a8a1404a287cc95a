/** Changes and reads rows of what players earned, kept in a table. */
import * as Result from "effect/Result"
import type { PayoutId } from "../../payouts/index.ts"
import { StorageError, type StorageFailure } from "../../transaction/index.ts"
import type { MemoryTable } from "../../transaction/testing/index.ts"
import {
  type Accrual,
  type AccrualId,
  accrualPlace,
  type AccrualQuery,
  type KeptAccrual,
  type SettlementRules
} from "../index.ts"
import { byText } from "./byText.ts"

/** A row with the payout that it was in last. */
export interface Row extends KeptAccrual {
  readonly lastPayoutId: PayoutId | null
}

/** Rows by the id of their accrual. */
export type Rows = MemoryTable<AccrualId, Row>

type Written = Result.Result<void, StorageError>

const refused = (failure: StorageFailure, method: string, cause: string): Written =>
  Result.fail(new StorageError({ failure, operation: `EarningStore.${method}`, cause }))

const done: Written = Result.succeed(undefined)

const isOpen = (row: Row | undefined): row is Row => row !== undefined && row.payoutId === null

const oldestFirst = (left: Row, right: Row): number =>
  left.bookedAtMillis - right.bookedAtMillis || byText(left.accrual.id, right.accrual.id)

/** Rows that match, oldest first. */
export const select = (rows: Rows, matches: (row: Row) => boolean): ReadonlyArray<Row> =>
  [...rows.values()].filter(matches).sort(oldestFirst)

/** What the store tells of a row. */
export const keptOf = ({ accrual, bookedAtMillis, dryRun, payoutId }: Row): KeptAccrual => ({
  accrual,
  bookedAtMillis,
  dryRun,
  payoutId
})

const placeOf = ({ epochMinute, id, playerId }: Accrual): string =>
  `${playerId} ${epochMinute} ${accrualPlace(id).part}`

/** Adds rows that are in no payout. */
export const add = (
  rows: Rows,
  accruals: ReadonlyArray<Accrual>,
  { atMillis, dryRun }: { readonly atMillis: number; readonly dryRun: boolean }
): Written => {
  const all = [...Array.from(rows.values(), ({ accrual }) => accrual), ...accruals]
  const isTaken = new Set(all.map(placeOf)).size < all.length || new Set(all.map(({ id }) => id)).size < all.length
  if (isTaken) return refused("Contended", "add", "a row exists")
  for (const accrual of accruals) {
    rows.set(accrual.id, { accrual, bookedAtMillis: atMillis, dryRun, payoutId: null, lastPayoutId: null })
  }
  return done
}

/** Puts the parts of rows in their place. */
export const split = (rows: Rows, splits: ReadonlyArray<SettlementRules.Split>): Written => {
  const wholes = splits.map(({ whole }) => rows.get(whole.id))
  if (!wholes.every(isOpen) || new Set(wholes).size < wholes.length) {
    return refused("Contended", "split", "a row is in a payout, or is not there")
  }
  if (splits.some(({ paid, rest }) => rows.get(paid.id) !== undefined || rows.get(rest.id) !== undefined)) {
    return refused("Broken", "split", "a part exists")
  }
  for (const [index, { paid, rest, whole }] of splits.entries()) {
    rows.delete(whole.id)
    for (const accrual of [paid, rest]) rows.set(accrual.id, { ...wholes[index]!, accrual })
  }
  return done
}

/** Puts rows into a payout. */
export const assign = (rows: Rows, payoutId: PayoutId, ids: ReadonlyArray<AccrualId>): Written => {
  const assigned = [...new Set(ids)].map((id) => rows.get(id))
  if (!assigned.every(isOpen)) return refused("Contended", "assign", "a row is in a payout, or is not there")
  for (const row of assigned) rows.set(row.accrual.id, { ...row, payoutId, lastPayoutId: payoutId })
  return done
}

/** Takes rows out of a payout. */
export const release = (rows: Rows, payoutId: PayoutId): ReadonlyArray<AccrualId> =>
  select(rows, (row) => row.payoutId === payoutId).map((row) => {
    rows.set(row.accrual.id, { ...row, payoutId: null })
    return row.accrual.id
  })

/** Removes rows; answers with them, oldest first. */
export const remove = (rows: Rows, matches: (row: Row) => boolean): ReadonlyArray<Row> => {
  const removed = select(rows, matches)
  for (const { accrual: { id } } of removed) rows.delete(id)
  return removed
}

/** The rows of a page. A row that was divided still has its place: its parts were booked when it was. */
export const page = (rows: Rows, query: AccrualQuery): ReadonlyArray<Row> => {
  const { after, isSettled, limit, order, playerId } = query
  const own = select(rows, ({ accrual }) => accrual.playerId === playerId)
  const sign = order === "oldest_first" ? 1 : -1
  const last = after === undefined
    ? undefined
    : own.find(({ accrual: { id } }) => accrualPlace(id).row === accrualPlace(after).row)
  if (after !== undefined && last === undefined) return []
  const isBehind = (row: Row): boolean =>
    last === undefined || after === undefined ||
    sign * (row.bookedAtMillis - last.bookedAtMillis || byText(row.accrual.id, after)) > 0
  const asked = own.filter((row) => (isSettled === undefined || isOpen(row) !== isSettled) && isBehind(row))
  return (sign === 1 ? asked : asked.toReversed()).slice(0, limit)
}
