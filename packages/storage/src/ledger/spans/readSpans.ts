/** Reads the spans of the log: the large ones, and in place of some of them the small ones that they are made of. */
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import type { Bench } from "../Bench.ts"
import type { SpanRow } from "../Tables.ts"
import { spansAbove, stretchOf } from "./Span.ts"

/** Spans that follow on each other from the beginning of the log, and the sequence that the last of them ends with. */
export interface SummedUp {
  readonly spans: ReadonlyArray<SpanRow>
  readonly unsummed: bigint
}

const columns = { first: "integer", last: "integer" } as const
const above = BigInt(spansAbove)
/** Beyond every place. */
const beyond = 2n ** 62n

const below = (table: string): string =>
  `SELECT s.* FROM ${table} CROSS JOIN span AS s WHERE s.level = 0 AND s.idx >= r.first AND s.idx <= r.last`

const firstBelow = ({ idx }: SpanRow): bigint => idx * above

const placesBelow = (span: SpanRow) => ({ first: firstBelow(span), last: firstBelow(span) + above - 1n })

const crossingColumns = { ...columns, at: "integer" } as const

/** Whether a span has transfers that took effect by a time, and others that did after it. */
export const crosses = ({ earliest_millis, latest_millis }: SpanRow, at: bigint): boolean =>
  earliest_millis <= at && latest_millis > at

/** Makes the reader of those small spans below large ones that cross a time. */
export const makeReadCrossing = (
  { dialect: { parameters, table }, sql }: Bench
): (large: ReadonlyArray<SpanRow>, at: bigint) => Effect.Effect<ReadonlyArray<SpanRow>, SqlError> => {
  const text = `${below(table(crossingColumns, 1))} AND s.earliest_millis <= r.at AND s.latest_millis > r.at`
  return (large, at) => {
    const rows = large.map((span) => ({ ...placesBelow(span), at }))
    return rows.length === 0 ? Effect.succeed([]) : sql.unsafe(text, parameters({ columns: crossingColumns, rows }))
  }
}

/** Makes the reader; `isDetailed` tells which of the large spans to look into. */
export const makeReadSpans = (
  bench: Bench
): (isDetailed: (span: SpanRow) => boolean) => Effect.Effect<SummedUp, SqlError> => {
  const { dialect: { parameters, table }, queries: { all, build }, sql } = bench
  const large = build.selectFrom("span").selectAll().where("level", "=", 1n).orderBy("idx")
  const text = `${below(table(columns, 1))} ORDER BY s.idx`
  return Effect.fnUntraced(function*(isDetailed) {
    const spans = yield* all(large)
    const detailed = spans.filter(isDetailed)
    const end = spans.length === 0 ? 0n : firstBelow(spans.at(-1)!) + above
    const rows = [
      ...detailed.map(placesBelow),
      { first: end, last: beyond }
    ]
    const small = yield* sql.unsafe<SpanRow>(text, parameters({ columns, rows }))
    const parts = [...spans.filter((span) => !isDetailed(span)), ...small]
      .map((span) => ({ span, stretch: stretchOf(span) }))
      .toSorted((left, right) => left.stretch.after < right.stretch.after ? -1 : 1)
    return { spans: parts.map(({ span }) => span), unsummed: parts.at(-1)?.stretch.upTo ?? 0n }
  })
}
