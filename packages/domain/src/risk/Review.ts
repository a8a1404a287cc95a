/** Models what an admin decides about signals. */
import * as Schema from "effect/Schema"
import { DedupeKey } from "./Signal.ts"

/** Why an admin decided: 1 to 1000 characters that are not all blank. */
export const ReviewNote = Schema.String.check(Schema.isPattern(/\S/u), Schema.isMaxLength(1000)).pipe(
  Schema.brand("ReviewNote")
)
export type ReviewNote = typeof ReviewNote.Type

/** `cleared`: the signal counts no more, and does not raise again. `confirmed`: it was abuse. */
export const Verdict = Schema.Literals(["cleared", "confirmed"])
export type Verdict = typeof Verdict.Type

/** A decision on one event. A later one on the same event takes its place. */
export class Review extends Schema.Class<Review>("Review")({
  dedupeKey: DedupeKey,
  verdict: Verdict,
  note: ReviewNote,
  /** Who decided, as the audit log names them. */
  actor: Schema.NonEmptyString,
  atMillis: Schema.Int
}) {}
