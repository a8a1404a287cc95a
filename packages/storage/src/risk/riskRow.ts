/** Maps signals, reviews and profiles to rows and back. */
import { PlayerId } from "@purser/domain/rewards"
import {
  DedupeKey,
  LastReading,
  PlayProfile,
  type RaisedSignal,
  Review,
  ReviewNote,
  Signal,
  SpikeRules,
  type Verdict
} from "@purser/domain/risk"
import * as Schema from "effect/Schema"
import { codes } from "../codes.ts"
import type { ColumnTypes } from "../dialect/givenRows.ts"
import { bytesOf, hexOf } from "../hex.ts"

/** What a signal puts into a row. `signal` is all of it, as JSON; the other columns are what is asked by. */
export interface SignalColumns {
  readonly dedupe_key: Uint8Array
  readonly player_id: string
  readonly kind: string
  readonly signal: string
  readonly raised_at_millis: bigint
}

/** A row of `risk_signal`. The database numbers it; the verdict is the last review's. */
export interface SignalRow extends SignalColumns {
  readonly sequence: bigint
  readonly verdict: bigint | null
}

/** What a review puts into a row of `risk_review`. */
export interface ReviewColumns {
  readonly dedupe_key: Uint8Array
  readonly verdict: bigint
  readonly note: string
  readonly actor: string
  readonly at_millis: bigint
}

/** A row of `play_profile`: two JSON objects that one rule reads whole. */
export interface ProfileRow {
  readonly player_id: string
  readonly reading: string | null
  readonly baseline: string
}

/** The columns of a new signal. */
export const signalColumns: ColumnTypes<SignalColumns> = {
  dedupe_key: "bytes",
  player_id: "text",
  kind: "text",
  signal: "text",
  raised_at_millis: "integer"
}

/** The columns of `play_profile`. */
export const profileColumns: ColumnTypes<ProfileRow> = { player_id: "text", reading: "text", baseline: "text" }

/** Numbers of verdicts. */
export const verdicts = codes<Verdict>("verdict", { cleared: 1n, confirmed: 2n })

const SignalText = Schema.fromJsonString(Schema.toCodecJson(Signal))
const ReadingText = Schema.fromJsonString(Schema.toCodecJson(LastReading))
const BaselineText = Schema.fromJsonString(Schema.toCodecJson(SpikeRules.Baseline))

const encodeSignal = Schema.encodeSync(SignalText)
const encodeReading = Schema.encodeSync(ReadingText)
const encodeBaseline = Schema.encodeSync(BaselineText)
const decodeReading = Schema.decodeSync(ReadingText)
const decodeBaseline = Schema.decodeSync(BaselineText)

/** The columns of a signal raised at a time. */
export const signalColumnsOf = (signal: Signal, raisedAtMillis: number): SignalColumns => ({
  dedupe_key: bytesOf(signal.dedupeKey),
  player_id: signal.playerId,
  kind: signal.kind,
  signal: encodeSignal(signal),
  raised_at_millis: BigInt(raisedAtMillis)
})

/** The signal of its JSON. Throws where it is none. */
export const signalOf: (text: string) => Signal = Schema.decodeSync(SignalText)

/** The signal of a row with what was decided last, if anything. Throws where the row fits no signal. */
export const raisedOf = (row: SignalRow, review: Review | null): RaisedSignal => ({
  sequence: row.sequence,
  raisedAtMillis: Number(row.raised_at_millis),
  signal: signalOf(row.signal),
  review
})

/** The columns of a review. */
export const reviewColumnsOf = (review: Review): ReviewColumns => ({
  dedupe_key: bytesOf(review.dedupeKey),
  verdict: verdicts.codeOf(review.verdict),
  note: review.note,
  actor: review.actor,
  at_millis: BigInt(review.atMillis)
})

/** The review of a row. Throws where the row fits no review. */
export const reviewOf = (row: ReviewColumns): Review =>
  new Review({
    dedupeKey: DedupeKey.make(hexOf(row.dedupe_key)),
    verdict: verdicts.nameOf(row.verdict),
    note: ReviewNote.make(row.note),
    actor: row.actor,
    atMillis: Number(row.at_millis)
  })

/** The row of a profile. */
export const profileRowOf = ({ baseline, playerId, reading }: PlayProfile): ProfileRow => ({
  player_id: playerId,
  reading: reading === null ? null : encodeReading(reading),
  baseline: encodeBaseline(baseline)
})

/** The profile of a row. Throws where the row fits no profile. */
export const profileOf = (row: ProfileRow): PlayProfile =>
  new PlayProfile({
    playerId: PlayerId.make(row.player_id),
    reading: row.reading === null ? null : decodeReading(row.reading),
    baseline: decodeBaseline(row.baseline)
  })
