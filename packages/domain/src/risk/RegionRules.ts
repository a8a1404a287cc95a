/** Judges a player by the other players of the region: pure, total, without clock or store. */
import type { PlayerId } from "../rewards/index.ts"
import { type Region, unknownRegion } from "./Region.ts"
import type { RiskWindow, Signal } from "./Signal.ts"
import { raise, type Subject } from "./SignalRules.ts"

/** When a player stands out of a region. */
export interface RegionLimits {
  /** Of the others, by nearest rank; from 0, excluded, to 100. */
  readonly percentile: number
  /** How many others must have played in the region before it tells anything. */
  readonly leastPlayers: number
  /** Kills an hour that nobody stands out with, however idle the region is. */
  readonly leastRate: number
}

/** Above the 99th percentile of at least 100 others, and above 20 kills an hour. */
export const defaultRegionLimits: RegionLimits = { percentile: 99, leastPlayers: 100, leastRate: 20 }

/** Kills an hour of a player. */
export interface PlayerRate {
  readonly playerId: PlayerId
  readonly killsPerHour: number
}

/** How a region played in a window: each player once, the one who is judged among them. */
export interface RegionPlay {
  readonly region: Region
  readonly window: RiskWindow
  readonly rates: ReadonlyArray<PlayerRate>
}

/** The value at a percentile by nearest rank: the least that so many per cent do not exceed. Undefined for no values. */
export const percentileOf = (values: ReadonlyArray<number>, percentile: number): number | undefined =>
  values.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(values.length * percentile / 100) - 1)]

/**
 * A rate above a percentile of the other players of the region, in which test players do not count. Nothing is concluded
 * for the unknown region, which is none, or from too few.
 */
export const regionPercentile = (
  subject: Subject,
  { rates, region, window }: RegionPlay,
  limits = defaultRegionLimits
): Signal | null => {
  const own = rates.find(({ playerId }) => playerId === subject.playerId)
  const others = rates.filter(({ playerId }) => playerId !== subject.playerId && !subject.testPlayers.has(playerId))
  if (region === unknownRegion || own === undefined || others.length < limits.leastPlayers) return null
  const reached = percentileOf(others.map(({ killsPerHour }) => killsPerHour), limits.percentile)
  if (reached === undefined) return null
  const evidence = [`region ${region}`, `${others.length} others, percentile ${limits.percentile} is ${reached}`]
  const threshold = Math.max(limits.leastRate, reached)
  return raise(subject, { kind: "RegionPercentile", about: "", window, value: own.killsPerHour, threshold, evidence })
}
