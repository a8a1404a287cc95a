/** Models what players earn: the Epic account that is read, and the rows booked from its kills. */
import * as Schema from "effect/Schema"

/** A player of the rewards program; 1 to 100 letters, digits, `.`, `_` or `-`, so that it fits into the code of an account. */
export const PlayerId = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9._-]{1,100}$/u)).pipe(Schema.brand("PlayerId"))
export type PlayerId = typeof PlayerId.Type

/** An Epic account as its provider names it; 1 to 100 printable characters without a space. */
export const EpicId = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u)).pipe(Schema.brand("EpicId"))
export type EpicId = typeof EpicId.Type

/** The identity of a row: the player and the minute, so that the same minute can not be booked twice. */
export const AccrualId = Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,200}$/u)).pipe(Schema.brand("AccrualId"))
export type AccrualId = typeof AccrualId.Type

/** Kills: a whole number from 0. */
export const Kills = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** How far an Epic account has been read. */
export class EpicAccount extends Schema.Class<EpicAccount>("EpicAccount")({
  epicId: EpicId,
  /** Lifetime kills up to which everything is booked; null while the baseline is unknown, and then nothing is earned. */
  cursorKills: Schema.NullOr(Kills),
  /** The most lifetime kills ever read, by whichever player; null when none ever were. Never goes down. */
  highWaterKills: Schema.NullOr(Kills)
}) {}

/** Kills booked for a player in one minute. */
export class Accrual extends Schema.Class<Accrual>("Accrual")({
  id: AccrualId,
  playerId: PlayerId,
  epicId: EpicId,
  /** Unix seconds divided by 60, rounded down. */
  epochMinute: Schema.Int,
  kills: Kills.check(Schema.isGreaterThan(0)),
  /** What a kill earned when this was booked, in BAN of scale 8; later changes of the rate leave it alone. */
  rateMinor: Schema.BigInt,
  /** `kills` times `rateMinor`, exactly. */
  amountMinor: Schema.BigInt
}) {}
