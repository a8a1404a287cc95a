/** Reads what the id of an accrual says of it. */
import type { AccrualId } from "../Accrual.ts"

/** The row that was booked, and which part of it this is: empty for the whole, which is gone once there are parts. */
export interface AccrualPlace {
  readonly row: string
  readonly part: string
}

/** Where an accrual stands; parts are numbered behind a `#`. */
export const accrualPlace = (id: AccrualId): AccrualPlace => {
  const [row = "", ...part] = id.split("#")
  return { row, part: part.join("#") }
}
