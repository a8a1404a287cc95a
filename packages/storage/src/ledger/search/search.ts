/** Searches the log: reads it along the rarest thing that was asked for, and checks all else on what it finds there. */
import type { TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { type RawBuilder, sql } from "kysely"
import type { Bench } from "../Bench.ts"
import type { TransferRow } from "../rows.ts"
import { makeFindStretches } from "../spans/findStretches.ts"
import type { Stretch } from "../spans/Span.ts"
import { makeChooseRoute, type Route } from "./chooseRoute.ts"
import { makeCriteria } from "./Criterion.ts"
import { type Chunk, chunks, direction, makeReads, type Order } from "./sources.ts"

type Rows = ReadonlyArray<TransferRow>

const beyond = 2n ** 63n - 1n

/** After so many transfers that were looked at one by one, accounts are asked for their next ones instead. */
const patience = 5000

const longest = 4096

const bounded = (sequence: bigint): bigint => sequence < 0n ? 0n : sequence > beyond ? beyond : sequence

/** The part of the log that a page can be in. */
const keysetOf = ({ after, order }: TransferQuery): Stretch => {
  if (after === undefined) return { after: 0n, upTo: beyond }
  return order === "oldest_first"
    ? { after: bounded(after), upTo: beyond }
    : { after: 0n, upTo: bounded(after - 1n) }
}

const overlap = (left: Stretch, right: Stretch): Stretch => ({
  after: left.after > right.after ? left.after : right.after,
  upTo: left.upTo < right.upTo ? left.upTo : right.upTo
})

const isEmpty = ({ after, upTo }: Stretch): boolean => after >= upTo

/** What comes after a sequence. */
const past = (stretch: Stretch, sequence: bigint, order: Order): Stretch =>
  order === "oldest_first" ? { ...stretch, after: sequence } : { ...stretch, upTo: sequence - 1n }

const chunkFor = (rows: number): Chunk => chunks.find((chunk) => chunk >= rows) ?? longest

const sizeOf = ({ after, upTo }: Stretch): bigint => upTo - after

/** A stretch that is short is read at once. */
const firstChunk = (stretch: Stretch, limit: number): Chunk => {
  const size = sizeOf(stretch)
  return size <= longest ? chunkFor(Number(size)) : chunkFor(limit)
}

/** Joins in this order, which SQLite keeps: what was found, its transfer, its accounts. */
const pageOf = (found: RawBuilder<unknown>, { checks }: Route, order: Order): RawBuilder<TransferRow> =>
  sql`SELECT t.sequence, t.id, t.kind, t.asset, t.amount_minor, t.reason, t.reference, t.idempotency_key, t.pending_id,
      t.reverses, t.expires_at_millis, t.effective_at_millis, t.booked_at_millis, t.metadata, d.code AS debit, c.code AS credit
    FROM (${found}) AS k CROSS JOIN transfer AS t CROSS JOIN account AS d CROSS JOIN account AS c
    WHERE t.sequence = k.sequence AND d.id = t.debit_id AND c.id = t.credit_id
      ${sql.join(checks.map((check) => sql`AND ${check}`), sql` `)}
    ORDER BY k.sequence ${direction(order)}`

/** Makes the walk along a route through a stretch of the log, until there are enough rows. */
const makeWalk = (bench: Bench, order: Order) => {
  const { all, endOf } = makeReads(bench, order)
  return Effect.fnUntraced(function*(route: Route, stretch: Stretch, limit: number) {
    const rows: Array<TransferRow> = []
    let { source } = route
    let rest = stretch
    let chunk = firstChunk(stretch, limit)
    let walked = 0
    while (!isEmpty(rest)) {
      const page = pageOf(source.read({ stretch: rest, order, chunk }), route, order)
      rows.push(...yield* all(sql<TransferRow>`${page} LIMIT ${limit - rows.length}`))
      // Where nothing is checked a page that is not full is the last one.
      if (rows.length >= limit || route.checks.length === 0 || sizeOf(rest) <= chunk) break
      const end = yield* endOf(source, rest, chunk)
      if (end === undefined) break
      rest = past(rest, end, order)
      walked += chunk
      if (route.instead !== undefined && walked > patience) source = route.instead
      chunk = chunkFor(chunk * 4)
    }
    return rows
  })
}

/** Makes the search for a page of transfers. */
export const makeSearch = (bench: Bench): (query: TransferQuery) => Effect.Effect<Rows, SqlError> => {
  const findStretches = makeFindStretches(bench)
  const findCriteria = makeCriteria(bench)
  const chooseRoute = makeChooseRoute(bench)
  const stretchesOf = ({ bookedFromMillis, bookedToMillis, order }: TransferQuery, keyset: Stretch) => {
    if (bookedFromMillis === undefined && bookedToMillis === undefined) return Effect.succeed([keyset])
    const window = {
      from: BigInt(bookedFromMillis ?? Number.MIN_SAFE_INTEGER),
      to: BigInt(bookedToMillis ?? Number.MAX_SAFE_INTEGER)
    }
    return Effect.map(findStretches(window), (found) => {
      const stretches = found.map((stretch) => overlap(stretch, keyset)).filter((stretch) => !isEmpty(stretch))
      return order === "oldest_first" ? stretches : stretches.toReversed()
    })
  }
  return Effect.fnUntraced(function*(query) {
    const criteria = yield* findCriteria(query)
    if (criteria === undefined) return []
    const stretches = yield* stretchesOf(query, keysetOf(query))
    const walk = makeWalk(bench, query.order)
    const rows: Array<TransferRow> = []
    for (const stretch of stretches) {
      const route = yield* chooseRoute(criteria, stretch, query.order)
      rows.push(...yield* walk(route, stretch, query.limit - rows.length))
      if (rows.length >= query.limit) break
    }
    return rows
  })
}
