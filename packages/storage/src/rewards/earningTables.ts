/** Names the tables that earnings are kept in. */
import type { PayoutRow } from "../payouts/payoutRow.ts"
import type { AccrualRow, EpicAccountRow, EpicEarnerRow } from "./accrualRow.ts"

/** The rows of each; payouts are only read. */
export interface EarningTables {
  readonly accrual: AccrualRow
  readonly epic_account: EpicAccountRow
  readonly epic_earner: EpicEarnerRow
  readonly payout: PayoutRow
}
