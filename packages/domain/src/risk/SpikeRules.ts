/** Judges kills by the player's own history, kept as a moving mean and variance: pure, total, without clock or store. */
import * as Schema from "effect/Schema"
import { RiskWindow, type Signal } from "./Signal.ts"
import { minutesOf, raise, type Subject } from "./SignalRules.ts"

/** When a window is a spike. */
export interface SpikeLimits {
  /** Weight of the newest window, above 0 and below 1. */
  readonly alpha: number
  /** How many standard deviations above the mean are still usual. */
  readonly deviations: number
  /** A deviation below this, in kills an hour, counts as this: even players are not flagged for one kill more. */
  readonly leastDeviation: number
  /** Windows played before any can be a spike. */
  readonly leastWindows: number
}

/** A tenth for the newest, 4 deviations of at least 5 kills an hour, 20 windows played before. */
export const defaultSpikeLimits: SpikeLimits = { alpha: 0.1, deviations: 4, leastDeviation: 5, leastWindows: 20 }

/** What is remembered of the windows in which a player played. */
export class Baseline extends Schema.Class<Baseline>("Baseline")({
  windows: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Kills an hour. */
  mean: Schema.Finite,
  variance: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** End of the newest window in it; null when there is none. Earlier ones are not taken twice. */
  untilMillis: Schema.NullOr(Schema.Int),
  /** The first window of a spike that lasts; null when there is none. */
  spike: Schema.NullOr(RiskWindow)
}) {}

/** The history of a player who has none. */
export const emptyBaseline = new Baseline({ windows: 0, mean: 0, variance: 0, untilMillis: null, spike: null })

/** Kills in a window. */
export interface Sample {
  readonly window: RiskWindow
  readonly kills: number
}

/** The most kills an hour that a history calls usual. */
export const usualOf = ({ mean, variance }: Baseline, limits: SpikeLimits): number =>
  mean + limits.deviations * Math.max(limits.leastDeviation, Math.sqrt(variance))

/**
 * Exponentially weighted mean and variance (Finch, "Incremental calculation of weighted mean and variance", 2009, part 9).
 * The first sample is the mean.
 */
const absorb = ({ mean, variance, windows }: Baseline, rate: number, alpha: number) => {
  const step = windows === 0 ? rate : alpha * (rate - mean)
  const spread = windows === 0 ? 0 : (1 - alpha) * (variance + step * (rate - mean))
  return { windows: windows + 1, mean: mean + step, variance: spread }
}

/** A history with one window more, and the signal that it raised. */
export interface Observed {
  readonly baseline: Baseline
  readonly signal: Signal | null
}

/** How a window is judged. */
export interface Judged {
  readonly subject: Subject
  readonly limits: SpikeLimits
}

/**
 * Judges a window by those before it, then takes it into the history. A spike that lasts over several windows played is one event:
 * it keeps the window of its start, and with it its key. What is taken from a spike is cut to what was usual, so that
 * one does not make the next look usual. Windows without kills are left out, or every evening would be a spike after a
 * night; a window that begins before the newest ended changes nothing.
 */
export const observe = (baseline: Baseline, { kills, window }: Sample, { limits, subject }: Judged): Observed => {
  const isTaken = baseline.untilMillis !== null && window.fromMillis < baseline.untilMillis
  if (isTaken || kills <= 0) return { baseline, signal: null }
  const rate = kills * 60 / minutesOf(window)
  const threshold = usualOf(baseline, limits)
  const isSpike = baseline.windows >= limits.leastWindows && rate > threshold
  const spike = isSpike ? baseline.spike ?? window : null
  const taken = absorb(baseline, isSpike ? threshold : rate, limits.alpha)
  const after = new Baseline({ ...taken, untilMillis: window.toMillis, spike })
  if (spike === null) return { baseline: after, signal: null }
  const evidence = [
    `kills ${kills} in ${minutesOf(window)} minutes`,
    `mean ${baseline.mean} and variance ${baseline.variance} of ${baseline.windows} windows`
  ]
  const signal = raise(subject, { kind: "Spike", about: "", window: spike, value: rate, threshold, evidence })
  return { baseline: after, signal }
}
