/** Decides what signals and reviews lead to: pure, total, without clock or store. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Review, ReviewNote, type Verdict } from "./Review.ts"
import type { DedupeKey, Severity, Signal, SignalKind } from "./Signal.ts"
import type { Subject } from "./SignalRules.ts"

/** What holds for a player, from nothing to the worst. Earning is booked in all of them. */
export const outcomes = ["none", "watch", "hold", "confirmed"] as const

/**
 * - `none`: nothing is open.
 * - `watch`: something is open; the player is paid.
 * - `hold`: paying waits for a review.
 * - `confirmed`: an admin found abuse; paying waits until another review clears it.
 */
export type Outcome = (typeof outcomes)[number]

/** What signals weigh, and from which weight on a player is held. */
const weights: Record<Severity, number> = { low: 1, med: 2, high: 4 }
const holdWeight = 4

/**
 * What is true of honest players too: someone is new, and one in a hundred is always above the 99th percentile. However
 * often and however far, each kind weighs 1, so that it never holds anybody without something else.
 */
const circumstantial: ReadonlySet<SignalKind> = new Set(["YoungAccount", "RegionPercentile"])

/** What is known of a player. */
export interface Case {
  /** Those raised within the retention, in any order; the same event may come more than once. */
  readonly signals: ReadonlyArray<Signal>
  /** Oldest first. */
  readonly reviews: ReadonlyArray<Review>
}

const verdictsOf = (reviews: ReadonlyArray<Review>): ReadonlyMap<DedupeKey, Verdict> =>
  new Map(reviews.map(({ dedupeKey, verdict }) => [dedupeKey, verdict]))

/** The events that nobody has decided about: each once, as its worst signal. */
export const openSignals = ({ signals, reviews }: Case): ReadonlyArray<Signal> => {
  const verdicts = verdictsOf(reviews)
  const open = new Map<DedupeKey, Signal>()
  for (const signal of signals) {
    if (verdicts.has(signal.dedupeKey)) continue
    const known = open.get(signal.dedupeKey)
    if (known === undefined || weights[known.severity] < weights[signal.severity]) open.set(signal.dedupeKey, signal)
  }
  return [...open.values()]
}

const isCircumstantial = ({ kind }: Signal): boolean => circumstantial.has(kind)

const weightOf = (open: ReadonlyArray<Signal>): number => {
  const { size } = new Set(open.filter(isCircumstantial).map(({ kind }) => kind))
  return open.reduce((sum, signal) => isCircumstantial(signal) ? sum : sum + weights[signal.severity], size)
}

/**
 * The outcome for a player: a signal more never makes it milder. A test player is never more than `none`. A confirmed
 * event counts for as long as its review is known, whether its signal is or not.
 */
export const assess = ({ playerId, testPlayers }: Subject, known: Case): Outcome => {
  if (testPlayers.has(playerId)) return "none"
  if ([...verdictsOf(known.reviews).values()].includes("confirmed")) return "confirmed"
  const weight = weightOf(openSignals(known))
  if (weight >= holdWeight) return "hold"
  return weight > 0 ? "watch" : "none"
}

/** Whether paying waits. What the player earns meanwhile is booked all the same, and is owed when the hold ends. */
export const isPayingHeld = (outcome: Outcome): boolean => outcome === "hold" || outcome === "confirmed"

/** Why a decision is refused, in order of precedence: there is no such signal, or the note is blank or over 1000 characters. */
export class ReviewRefused extends Data.TaggedError("ReviewRefused")<{
  readonly why: "SignalUnknown" | "NoteMalformed"
}> {
  override get message(): string {
    return `review is refused: ${this.why}`
  }
}

/** What an admin decides on one event. */
export interface Decision {
  readonly dedupeKey: DedupeKey
  readonly verdict: Verdict
  readonly note: string
  readonly actor: string
  readonly atMillis: number
}

/** The review of one event that is known. It names the event, so what is raised after the admin looked stays open. */
export const review = ({ signals }: Case, decision: Decision): Result.Result<Review, ReviewRefused> => {
  const { note } = decision
  if (!signals.some(({ dedupeKey }) => dedupeKey === decision.dedupeKey)) {
    return Result.fail(new ReviewRefused({ why: "SignalUnknown" }))
  }
  if (!Schema.is(ReviewNote)(note)) return Result.fail(new ReviewRefused({ why: "NoteMalformed" }))
  return Result.succeed(new Review({ ...decision, note }))
}
