/** Decides how much of the caps of the day and the week a player has left: pure, total, without clock or store. */
import * as DateTime from "effect/DateTime"

/** How much is allowed in a calendar day and in a calendar week. */
export interface Caps {
  /** What is counted: payouts, each as one, or the kills in them. */
  readonly unit: "payouts" | "kills"
  readonly perDay: number
  readonly perWeek: number
}

/** One payout a day and three a week. */
export const defaultCaps: Caps = { unit: "payouts", perDay: 1, perWeek: 3 }

/** What a player used of the caps since the starts of the windows, in their unit. */
export interface CapUse {
  readonly inDay: number
  readonly inWeek: number
}

/** From when on payouts count, in milliseconds; a payout at that very moment counts. */
export interface CapWindows {
  readonly dayStartMillis: number
  readonly weekStartMillis: number
}

/**
 * The starts of the day and of the week (Monday) in a zone: its first moment of that date, which is 00:00 unless the
 * zone skips midnight on it.
 */
export const windowsOf = (nowMillis: number, zone: DateTime.TimeZone): CapWindows => {
  const now = DateTime.makeZonedUnsafe(nowMillis, { timeZone: zone })
  return {
    dayStartMillis: DateTime.startOf(now, "day").epochMilliseconds,
    weekStartMillis: DateTime.startOf(now, "week", { weekStartsOn: 1 }).epochMilliseconds
  }
}

/** What is left of the caps: the lesser of day and week, never below 0. */
export const remainingOf = (caps: Caps, used: CapUse): number =>
  Math.max(0, Math.min(caps.perDay - used.inDay, caps.perWeek - used.inWeek))
