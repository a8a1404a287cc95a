/** Models what the callers of one moment were told, and that it can not be right. */
import * as Data from "effect/Data"
import type { Answer, Call } from "./calls.ts"
import type { Fate } from "./Place.ts"

/** What a caller was told; one who heard nothing, or that it failed, does not know what became of the call. */
export type Told =
  | { readonly _tag: "Answered"; readonly answer: Answer }
  | { readonly _tag: "Unanswered"; readonly why: string; readonly fate: Fate }

/** A call, and what its caller was told. */
export interface Witnessed {
  readonly call: Call
  readonly told: Told
}

/** Something happened that the reference model does not do. */
export class Unexplained extends Data.TaggedError("Unexplained")<{ readonly why: string }> {
  override get message(): string {
    return this.why
  }
}
