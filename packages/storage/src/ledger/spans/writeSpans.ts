/** Writes the spans of the log as it grows, behind the postings. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import type { SqlError } from "effect/sql/SqlError"
import { sql } from "kysely"
import { asStorageError } from "../../failures.ts"
import type { Bench } from "../Bench.ts"
import type { Write } from "../dialect/LedgerDialect.ts"
import type { SpanRow } from "../Tables.ts"
import { spanAbove, spanOf, spansAbove, spanTransfers, type Times } from "./Span.ts"

const each = BigInt(spanTransfers)
const above = BigInt(spansAbove)

/** So many spans are written with one commit where they lag far behind. */
const together = 32

const asStored = asStorageError("LedgerStore.spans")

const nextOf = ({ queries: { build, first } }: Bench, level: bigint): Effect.Effect<bigint, SqlError> =>
  Effect.map(
    first(build.selectFrom("span").select("idx").where("level", "=", level).orderBy("idx", "desc").limit(1)),
    (row) => row === undefined ? 0n : row.idx + 1n
  )

/** All times of a stretch as one text: a row for each transfer would take longer than all the rest. */
const timesOf = ({ queries: { build, first } }: Bench, idx: bigint): Effect.Effect<ReadonlyArray<Times>, SqlError> => {
  const after = idx * each
  const text = sql<string | null>`string_agg(
    sequence || ' ' || effective_at_millis || ' ' || booked_at_millis, ',' ORDER BY sequence
  )`
  return Effect.map(
    first(
      build.selectFrom("transfer").select(text.as("times"))
        .where("sequence", ">", after).where("sequence", "<=", after + each)
    ),
    (row) =>
      (row?.times ?? "").split(",").filter(Boolean).map((line) => {
        const [sequence, effective, booked] = line.split(" ").map(BigInt) as [bigint, bigint, bigint]
        return { sequence, effective, booked }
      })
  )
}

/** Whoever else writes them writes the same. */
const insert = ({ atomically, queries: { build, run } }: Bench, spans: ReadonlyArray<SpanRow>) =>
  atomically(asStored(run(build.insertInto("span").values(spans).onConflict((on) => on.doNothing()))))

/** Writes the next spans of level 0, as far as their transfers are all there, and tells whether there were any. */
const writeNext = Effect.fnUntraced(function*(bench: Bench) {
  const next = yield* asStored(nextOf(bench, 0n))
  const spans: Array<SpanRow> = []
  while (spans.length < together) {
    const idx = next + BigInt(spans.length)
    const times = yield* asStored(timesOf(bench, idx))
    if (times.length < spanTransfers) break
    spans.push(spanOf(idx, times))
    yield* Effect.yieldNow
  }
  if (spans.length === 0) return false
  yield* insert(bench, spans)
  return true
})

const spansOf = ({ queries: { all, build } }: Bench, idx: bigint) =>
  all(
    build.selectFrom("span").selectAll().where("level", "=", 0n)
      .where("idx", ">=", idx * above).where("idx", "<", (idx + 1n) * above)
  )

const writeNextAbove = Effect.fnUntraced(function*(bench: Bench) {
  const idx = yield* asStored(nextOf(bench, 1n))
  const spans = yield* asStored(spansOf(bench, idx))
  if (spans.length < spansAbove) return false
  yield* insert(bench, [spanAbove(idx, spans)])
  return true
})

/** Writes all spans that are missing, one after the other; others get their turn in between. */
const catchUp = Effect.fnUntraced(function*(bench: Bench) {
  while ((yield* writeNext(bench)) || (yield* writeNextAbove(bench))) yield* Effect.yieldNow
})

/** So that a database that refuses is not asked after each posting. */
const pause = Effect.sleep("5 seconds")

/** Sees what is written: from the moment that a stretch may be full until its span is there, every posting wakes. */
const watched = (write: Write, wake: (last: bigint) => void): Write => (client, writing) =>
  Effect.map(write(client, writing), (base) => {
    if (base !== undefined) wake(base + writing.count)
    return base
  })

/**
 * The same bench, whose writes wake a fiber that writes spans. It lags behind, which makes reading by time slower and never
 * wrong; it keeps nobody waiting, and what it fails with is logged and tried again after later postings.
 */
export const withSpans = (bench: Bench): Effect.Effect<Bench, never, Scope.Scope> =>
  Effect.gen(function*() {
    const wakes = yield* Queue.sliding<void>(1)
    yield* Effect.addFinalizer(() => Queue.shutdown(wakes))
    let written = 0n
    const round = Effect.gen(function*() {
      yield* catchUp(bench)
      written = (yield* asStored(nextOf(bench, 0n))) * each
    }).pipe(
      Effect.catch((error) =>
        Effect.logWarning("spans of the ledger were not written", error).pipe(Effect.andThen(pause))
      )
    )
    yield* Queue.take(wakes).pipe(Effect.andThen(round), Effect.forever, Effect.forkScoped)
    const wake = (last: bigint): void => {
      if (last >= written + each) Queue.offerUnsafe(wakes, undefined)
    }
    const { write, writeAtOnce } = bench.dialect
    const dialect = {
      ...bench.dialect,
      write: watched(write, wake),
      writeAtOnce: writeAtOnce === undefined ? undefined : watched(writeAtOnce, wake)
    }
    return { ...bench, dialect }
  })
