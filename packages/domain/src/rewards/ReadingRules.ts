/** Plans when the stats of a player are read again: soon while they play, seldom once they are quiet. Pure and total. */

const minute = 60_000

/** Between two readings of a player who plays, and of one who has long been quiet, in milliseconds. */
const soonest = 10 * minute
const latest = 360 * minute

/** What the plan looks at. */
export interface Activity {
  readonly nowMillis: number
  /** When kills last grew, or when the account was linked. */
  readonly lastGainMillis: number
  /** From 0 to below 1, drawn anew each time: keeps players who came together apart. */
  readonly spread: number
}

/**
 * When to read next, in milliseconds of the epoch: after a sixth of the time that the player has been quiet, but no less
 * than 10 minutes and no more than 6 hours, a tenth more or less.
 */
export const nextReadMillis = ({ lastGainMillis, nowMillis, spread }: Activity): number => {
  const quiet = Math.max(nowMillis - lastGainMillis, 0)
  const pause = Math.min(Math.max(quiet / 6, soonest), latest)
  return nowMillis + Math.round(pause * (0.9 + spread / 5))
}
