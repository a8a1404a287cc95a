/** Sorts rows that a statement gave back in no order. */
import type { KeptAccrual } from "@purser/domain/rewards"

/** Oldest first, then by id. */
export const inOrderOfBooking = (rows: ReadonlyArray<KeptAccrual>): ReadonlyArray<KeptAccrual> =>
  rows.toSorted((left, right) =>
    left.bookedAtMillis - right.bookedAtMillis || (left.accrual.id < right.accrual.id ? -1 : 1)
  )
