/** Decides when a measurement is a signal, how severe it is, and how it is told: pure, total, without clock or store. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as DateTime from "effect/DateTime"
import type { PlayerId } from "../rewards/index.ts"
import { DedupeKey, RiskWindow, type Severity, Signal, type SignalKind } from "./Signal.ts"

/** Whom a heuristic judges, and the operator's own players: they raise nothing, and count in nobody's measurement. */
export interface Subject {
  readonly playerId: PlayerId
  readonly testPlayers: ReadonlySet<PlayerId>
}

/** What a heuristic measured. */
export interface Measurement {
  readonly kind: SignalKind
  /** Tells apart events of the same kind and window, like two shared accounts; empty when there is nothing to tell apart. */
  readonly about: string
  readonly window: RiskWindow | null
  readonly value: number
  readonly threshold: number
  readonly evidence: ReadonlyArray<string>
}

/** From how many times the threshold on a signal is `med`, and `high`. */
const medMultiple = 2
const highMultiple = 5

/**
 * The last whole window of a length, above 0, before a moment, counted from the Unix epoch. Asked at any moment within the next
 * one it is the same window, so an event that is looked at every minute keeps one key.
 */
export const lastWindow = (nowMillis: number, lengthMillis: number): RiskWindow => {
  const toMillis = Math.floor(nowMillis / lengthMillis) * lengthMillis
  return new RiskWindow({ fromMillis: toMillis - lengthMillis, toMillis })
}

/** Minutes in a window. */
export const minutesOf = ({ fromMillis, toMillis }: RiskWindow): number => (toMillis - fromMillis) / 60_000

/** An account is suspicious when it is younger than the threshold; everything else when it is beyond it. */
const isBeyond = ({ kind, threshold, value }: Measurement): boolean =>
  kind === "YoungAccount" ? value < threshold : value > threshold

/** How many times the threshold; one that is below 1 counts as 1, so that a tolerance of nothing is not infinitely exceeded. */
const multipleOf = ({ kind, threshold, value }: Measurement): number =>
  kind === "YoungAccount" ? threshold / Math.max(value, 1) : value / Math.max(threshold, 1)

const severityOf = (measurement: Measurement): Severity => {
  const multiple = multipleOf(measurement)
  if (multiple >= highMultiple) return "high"
  return multiple >= medMultiple ? "med" : "low"
}

/** Joined as JSON, so that no character within one part can make two events look the same. */
const dedupeKeyOf = (playerId: PlayerId, { about, kind, window }: Measurement): DedupeKey => {
  const parts = [kind, playerId, about, window?.fromMillis ?? null, window?.toMillis ?? null]
  return DedupeKey.make(bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))))
}

/** The signal of a measurement; null within the threshold, for a test player, and for what is not a finite number. */
export const raise = ({ playerId, testPlayers }: Subject, measurement: Measurement): Signal | null => {
  const { kind, threshold, value, window } = measurement
  if (testPlayers.has(playerId) || !Number.isFinite(value) || !Number.isFinite(threshold)) return null
  if (!isBeyond(measurement)) return null
  const evidence = measurement.evidence.slice(0, 20).map((line) => line.slice(0, 300))
  const severity = severityOf(measurement)
  const dedupeKey = dedupeKeyOf(playerId, measurement)
  return new Signal({ kind, playerId, window, value, threshold, severity, dedupeKey, evidence })
}

const sentences: Record<SignalKind, (value: string, threshold: string) => string> = {
  KillRate: (value, threshold) => `${value} kills, where the minutes allow ${threshold}`,
  KillsPerMatch: (value, threshold) => `${value} kills a match, where ${threshold} are plausible`,
  Spike: (value, threshold) => `${value} kills an hour, where the player's own history reaches ${threshold}`,
  StaleStats: (value, threshold) => `${value} kills more while the stats stood still, where ${threshold} are tolerated`,
  SharedEpic: (value, threshold) => `${value} players claim the same Epic account, where ${threshold} may`,
  SharedWallet: (value, threshold) => `${value} players claim the same wallet, where ${threshold} may`,
  YoungAccount: (value, threshold) => `the Discord account is ${value} days old, where ${threshold} are asked for`,
  RegionPercentile: (value, threshold) => `${value} kills an hour, where the region reaches ${threshold}`
}

const isoOf = (millis: number): string => DateTime.formatIso(DateTime.makeUnsafe(millis))

const numberOf = (value: number): string => String(Math.round(value * 100) / 100)

/** A signal as one sentence: value and threshold with their unit, to two places, the severity, and the window in UTC. */
export const explain = ({ kind, severity, threshold, value, window }: Signal): string => {
  const sentence = `${sentences[kind](numberOf(value), numberOf(threshold))} (${severity})`
  if (window === null) return sentence
  return `${sentence}, from ${isoOf(window.fromMillis)} to ${isoOf(window.toMillis)}`
}
