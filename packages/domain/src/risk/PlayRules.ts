/** Judges kills by what can be played: minutes, matches, and whether the stats moved. Pure, total, without clock or store. */
import type { RiskWindow, Signal } from "./Signal.ts"
import { minutesOf, raise, type Subject } from "./SignalRules.ts"

/** What is plausible, unless configured otherwise. */
export interface PlayLimits {
  readonly killsPerMinute: number
  readonly killsPerMatch: number
  /** Kills that may appear while `lastModified` stands still: a provider may write the two apart. */
  readonly staleKills: number
}

/** 10 kills a minute, 30 a match, 5 while the stats stand still. */
export const defaultPlayLimits: PlayLimits = { killsPerMinute: 10, killsPerMatch: 30, staleKills: 5 }

/** What rose in a window. Null is what the provider did not tell, and nothing is concluded from it. */
export interface Play {
  readonly window: RiskWindow
  readonly kills: number
  readonly minutesPlayed: number | null
  readonly matches: number | null
}

/** Kills against the limit of a minute times the minutes of the window, however long it is. */
export const killRate = (subject: Subject, { kills, window }: Play, limits = defaultPlayLimits): Signal | null => {
  const minutes = minutesOf(window)
  const threshold = limits.killsPerMinute * minutes
  const evidence = [`kills ${kills}`, `minutes passed ${minutes}`, `limit a minute ${limits.killsPerMinute}`]
  return raise(subject, { kind: "KillRate", about: "passed", window, value: kills, threshold, evidence })
}

/** Kills against the limit of a minute times the minutes played, of which there is at least one. */
export const killRatePlayed = (subject: Subject, play: Play, limits = defaultPlayLimits): Signal | null => {
  const { kills, minutesPlayed, window } = play
  if (minutesPlayed === null) return null
  const threshold = limits.killsPerMinute * Math.max(1, minutesPlayed)
  const evidence = [`kills ${kills}`, `minutes played ${minutesPlayed}`, `limit a minute ${limits.killsPerMinute}`]
  return raise(subject, { kind: "KillRate", about: "played", window, value: kills, threshold, evidence })
}

/** Kills for each match; kills without one count as of a match that has not ended. */
export const killsPerMatch = (subject: Subject, play: Play, limits = defaultPlayLimits): Signal | null => {
  const { kills, matches, window } = play
  if (matches === null) return null
  const value = kills / Math.max(1, matches)
  const evidence = [`kills ${kills}`, `matches ${matches}`]
  return raise(subject, {
    kind: "KillsPerMatch",
    about: "",
    window,
    value,
    threshold: limits.killsPerMatch,
    evidence
  })
}

/** One reading of the stats. */
export interface StatsReading {
  readonly lifetimeKills: number | null
  readonly lastModifiedMillis: number | null
}

/** Two readings, at the start and at the end of a window. */
export interface StatsChange {
  readonly window: RiskWindow
  readonly before: StatsReading
  readonly after: StatsReading
}

/** Kills that rose although `lastModified` did not; null as soon as one of the four is unknown. */
export const staleStats = (subject: Subject, change: StatsChange, limits = defaultPlayLimits): Signal | null => {
  const { after, before, window } = change
  if (before.lifetimeKills === null || after.lifetimeKills === null) return null
  if (before.lastModifiedMillis === null || after.lastModifiedMillis === null) return null
  if (after.lastModifiedMillis > before.lastModifiedMillis) return null
  const value = after.lifetimeKills - before.lifetimeKills
  const evidence = [
    `lifetime kills ${before.lifetimeKills} to ${after.lifetimeKills}`,
    `last modified ${before.lastModifiedMillis} to ${after.lastModifiedMillis}`
  ]
  return raise(subject, { kind: "StaleStats", about: "", window, value, threshold: limits.staleKills, evidence })
}
