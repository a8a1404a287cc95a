/** Decides what a reading of lifetime kills earns: pure, total, without clock or store. */
import { Accrual, AccrualId, EpicAccount, type PlayerId } from "./Accrual.ts"

/** What a kill earns unless configured otherwise: 2.1 BAN, in minor units of scale 8. */
export const defaultRateMinor = 210_000_000n

/** What the provider told. Null is unknown (down, private, an absent level), which is not zero. */
export interface Reading {
  readonly lifetimeKills: number | null
}

/** Under what a reading is booked. */
export interface Booking {
  readonly playerId: PlayerId
  readonly nowMillis: number
  /** Minor units of BAN a kill, from 0. */
  readonly rateMinor: bigint
  /** Whether the player has a row of this minute already. */
  readonly isMinuteTaken: boolean
}

/** An account after a reading, and the row to book with it in the same transaction; null when there is none. */
export interface Accrued {
  readonly account: EpicAccount
  readonly accrual: Accrual | null
}

/** Nobody kills more between two readings; a provider that says so is out of order, and what it says is as good as unknown. */
const killsMost = 1_000_000

/** What one row may be worth at most, in minor units: 10^9 BAN. More fits no account. */
const amountMost = 10n ** 17n

const isAbsurd = (kills: number, rateMinor: bigint): boolean =>
  kills > killsMost || BigInt(kills) * rateMinor > amountMost

/** The minute of a row: Unix seconds divided by 60, rounded down. */
export const epochMinuteOf = (nowMillis: number): number => Math.floor(nowMillis / 60_000)

const raised = (account: EpicAccount, lifetimeKills: number): number =>
  Math.max(lifetimeKills, account.highWaterKills ?? 0)

/**
 * Gives an account its baseline, so that only later kills earn: the reading, or the high-water mark where that is higher.
 * An unknown reading leaves it without one, and an account that has one keeps it.
 */
export const seedBaseline = (account: EpicAccount, { lifetimeKills }: Reading): EpicAccount => {
  if (lifetimeKills === null || account.cursorKills !== null) return account
  const highWaterKills = raised(account, lifetimeKills)
  return new EpicAccount({ ...account, cursorKills: highWaterKills, highWaterKills })
}

/** Forgets the baseline of an account that is linked anew; the high-water mark stays, so old kills never earn again. */
export const relink = (account: EpicAccount): EpicAccount => new EpicAccount({ ...account, cursorKills: null })

const book = (account: EpicAccount, kills: number, { nowMillis, playerId, rateMinor }: Booking): Accrual => {
  const epochMinute = epochMinuteOf(nowMillis)
  const id = AccrualId.make(`${playerId}:${epochMinute}`)
  const amountMinor = BigInt(kills) * rateMinor
  return new Accrual({ id, playerId, epicId: account.epicId, epochMinute, kills, rateMinor, amountMinor })
}

/**
 * Books what was read beyond the cursor, and moves the cursor with it. The first reading only gives the baseline. Nothing
 * is booked, and the cursor stays, when the reading is unknown or absurd, not beyond the cursor, or in a minute that has a row:
 * the kills are then booked by a later reading.
 */
export const accrue = (account: EpicAccount, reading: Reading, booking: Booking): Accrued => {
  const { lifetimeKills } = reading
  if (lifetimeKills === null) return { account, accrual: null }
  if (account.cursorKills === null) return { account: seedBaseline(account, reading), accrual: null }
  const kills = Math.max(0, lifetimeKills - account.cursorKills)
  if (isAbsurd(kills, booking.rateMinor)) return { account, accrual: null }
  const highWaterKills = raised(account, lifetimeKills)
  if (kills === 0 || booking.isMinuteTaken) {
    return { account: new EpicAccount({ ...account, highWaterKills }), accrual: null }
  }
  return {
    account: new EpicAccount({ ...account, cursorKills: lifetimeKills, highWaterKills }),
    accrual: book(account, kills, booking)
  }
}
