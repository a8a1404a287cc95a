/** Maps what players earn to rows and back. */
import { PayoutId } from "@purser/domain/payouts"
import {
  Accrual,
  AccrualId,
  accrualPlace,
  EpicAccount,
  EpicId,
  type KeptAccrual,
  PlayerId
} from "@purser/domain/rewards"
import type { ColumnTypes } from "../dialect/givenRows.ts"

/** A row of `epic_account`. */
export interface EpicAccountRow {
  readonly epic_id: string
  readonly cursor_kills: bigint | null
  readonly high_water_kills: bigint | null
}

/** A row of `accrual`. `last_payout_id` stays when the row is taken out of its payout. */
export interface AccrualRow {
  readonly id: string
  readonly player_id: string
  readonly epic_id: string
  readonly epoch_minute: bigint
  readonly part: string
  readonly kills: bigint
  readonly rate_minor: bigint
  readonly amount_minor: bigint
  readonly booked_at_millis: bigint
  readonly dry_run: bigint
  readonly payout_id: string | null
  readonly last_payout_id: string | null
}

/** A row of `epic_earner`. */
export interface EpicEarnerRow {
  readonly epic_id: string
  readonly player_id: string
}

/** What a row has besides its accrual. */
export type Booked = Pick<AccrualRow, "booked_at_millis" | "dry_run" | "payout_id" | "last_payout_id">

/** The columns of `epic_account`. */
export const epicAccountColumns: ColumnTypes<EpicAccountRow> = {
  epic_id: "text",
  cursor_kills: "integer",
  high_water_kills: "integer"
}

/** The columns of `accrual`. */
export const accrualColumns: ColumnTypes<AccrualRow> = {
  id: "text",
  player_id: "text",
  epic_id: "text",
  epoch_minute: "integer",
  part: "text",
  kills: "integer",
  rate_minor: "integer",
  amount_minor: "integer",
  booked_at_millis: "integer",
  dry_run: "code",
  payout_id: "text",
  last_payout_id: "text"
}

/** How a set of books is numbered. */
export const booksOf = (dryRun: boolean): bigint => dryRun ? 1n : 0n

const bigOrNull = (value: number | null): bigint | null => value === null ? null : BigInt(value)
const numberOrNull = (value: bigint | null): number | null => value === null ? null : Number(value)

/** The row of an Epic account. */
export const epicRowOf = (account: EpicAccount): EpicAccountRow => ({
  epic_id: account.epicId,
  cursor_kills: bigOrNull(account.cursorKills),
  high_water_kills: bigOrNull(account.highWaterKills)
})

/** The Epic account of a row. Throws where the row fits none. */
export const epicAccountOf = (row: EpicAccountRow): EpicAccount =>
  new EpicAccount({
    epicId: EpicId.make(row.epic_id),
    cursorKills: numberOrNull(row.cursor_kills),
    highWaterKills: numberOrNull(row.high_water_kills)
  })

/** The row of an accrual. */
export const accrualRowOf = (accrual: Accrual, booked: Booked): AccrualRow => ({
  id: accrual.id,
  player_id: accrual.playerId,
  epic_id: accrual.epicId,
  epoch_minute: BigInt(accrual.epochMinute),
  part: accrualPlace(accrual.id).part,
  kills: BigInt(accrual.kills),
  rate_minor: accrual.rateMinor,
  amount_minor: accrual.amountMinor,
  booked_at_millis: booked.booked_at_millis,
  dry_run: booked.dry_run,
  payout_id: booked.payout_id,
  last_payout_id: booked.last_payout_id
})

/** The accrual of a row. Throws where the row fits none. */
export const accrualOf = (row: AccrualRow): Accrual =>
  new Accrual({
    id: AccrualId.make(row.id),
    playerId: PlayerId.make(row.player_id),
    epicId: EpicId.make(row.epic_id),
    epochMinute: Number(row.epoch_minute),
    kills: Number(row.kills),
    rateMinor: row.rate_minor,
    amountMinor: row.amount_minor
  })

/** The accrual of a row as it is kept. Throws where the row fits none. */
export const keptAccrualOf = (row: AccrualRow): KeptAccrual => ({
  accrual: accrualOf(row),
  bookedAtMillis: Number(row.booked_at_millis),
  dryRun: row.dry_run === 1n,
  payoutId: row.payout_id === null ? null : PayoutId.make(row.payout_id)
})
