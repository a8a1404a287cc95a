/** Finds the stretches of the log in which something was booked within some time. */
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Bench } from "../Bench.ts"
import type { SpanRow } from "../Tables.ts"
import { makeReadSpans } from "./readSpans.ts"
import { type Stretch, stretchOf } from "./Span.ts"

/** A time, `to` exclusive. */
export interface Window {
  readonly from: bigint
  readonly to: bigint
}

const touches = ({ from, to }: Window) => (span: SpanRow): boolean =>
  span.booked_to_millis >= from && span.booked_from_millis < to

const isWithin = ({ from, to }: Window) => (span: SpanRow): boolean =>
  span.booked_from_millis >= from && span.booked_to_millis < to

/** Makes one of stretches that meet. */
const joined = (stretches: ReadonlyArray<Stretch>): ReadonlyArray<Stretch> => {
  const met: Array<Stretch> = []
  for (const stretch of stretches) {
    const last = met.at(-1)
    if (last === undefined || last.upTo < stretch.after) met.push(stretch)
    else met[met.length - 1] = { after: last.after, upTo: stretch.upTo }
  }
  return met
}

/**
 * Stretches in the order of the log that hold all that was booked in that time, and little else. The end of the log, which
 * no span sums up yet, is always one of them.
 */
export const makeFindStretches = (
  bench: Bench
): (window: Window) => Effect.Effect<ReadonlyArray<Stretch>, SqlError> => {
  const { queries: { build, first } } = bench
  const read = makeReadSpans(bench)
  const head = build.selectFrom("head").select("last").where("name", "=", "ledger")
  return Effect.fnUntraced(function*(window) {
    const { spans, unsummed } = yield* read((span) => touches(window)(span) && !isWithin(window)(span))
    const end = yield* first(head)
    return joined([...spans.filter(touches(window)).map(stretchOf), { after: unsummed, upTo: end?.last ?? unsummed }])
  })
}
