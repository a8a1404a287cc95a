/** Lists where the transfers that meet a condition can be read in the order of the log. */
import type { TransferQuery } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { type RawBuilder, sql } from "kysely"
import type { Bench } from "../Bench.ts"
import type { AlongIndex } from "../dialect/LedgerDialect.ts"
import type { CodeRange } from "../prefix.ts"
import { kinds } from "../rows.ts"
import type { Stretch } from "../spans/Span.ts"

/** The order of a page. */
export type Order = TransferQuery["order"]

/** How many sequences to read at once. Few different numbers, as each makes a statement of its own. */
export const chunks = [64, 256, 1024, 4096] as const
/** One of `chunks`. */
export type Chunk = (typeof chunks)[number]

/** A part of a source. */
export interface Cut {
  readonly stretch: Stretch
  readonly order: Order
  readonly chunk: Chunk
}

/** Sequences that meet one condition, read from an index that has them in order. */
export interface Source {
  /** A query for the first `chunk` of them in that stretch, in that order, in the column `sequence`. */
  readonly read: (cut: Cut) => RawBuilder<{ readonly sequence: bigint }>
}

/** How an index is walked in that order. */
export const direction = (order: Order): RawBuilder<unknown> => order === "oldest_first" ? sql`ASC` : sql`DESC`
const atMost = (chunk: Chunk): RawBuilder<unknown> => sql.lit(chunk)

type ByColumn = Pick<AlongIndex, "index" | "column" | "value" | "also">

/** From an index of transfers by a column and the sequence. */
const byColumn = ({ dialect: { alongIndex } }: Bench, by: ByColumn): Source => ({
  read: ({ chunk, order, stretch }) =>
    sql`${alongIndex({ ...by, ...stretch, way: direction(order) })} LIMIT ${atMost(chunk)}`
})

/** Transfers with that reference. */
export const ofReference = (bench: Bench, reference: string): Source =>
  byColumn(bench, {
    index: "transfer_reference",
    column: "reference",
    value: reference,
    also: sql`reference IS NOT NULL`
  })

/** Transfers with that reason. */
export const ofReason = (bench: Bench, reason: string): Source =>
  byColumn(bench, { index: "transfer_reason", column: "reason", value: reason, also: sql`true` })

/** Transfers of a kind that is not `post`. The number is written out: as a parameter it would hide that the index fits. */
export const ofKind = (bench: Bench, kind: Exclude<TransferQuery["kind"], "post" | undefined>): Source =>
  byColumn(bench, {
    index: "transfer_kind",
    column: "kind",
    value: sql.lit(Number(kinds.codeOf(kind))),
    also: sql`kind <> 1`
  })

/** Transfers with that entry in their metadata. */
export const ofMetadata = (name: string, value: string): Source => ({
  read: ({ chunk, order, stretch: { after, upTo } }) =>
    sql`SELECT sequence FROM transfer_metadata
      WHERE name = ${name} AND value = ${value} AND sequence > ${after} AND sequence <= ${upTo}
      ORDER BY sequence ${direction(order)} LIMIT ${atMost(chunk)}`
})

/** Transfers that touched the account with that number. */
export const ofAccount = (id: bigint): Source => ({
  read: ({ chunk, order, stretch: { after, upTo } }) =>
    sql`SELECT sequence FROM entry WHERE account_id = ${id} AND sequence > ${after} AND sequence <= ${upTo}
      ORDER BY sequence ${direction(order)} LIMIT ${atMost(chunk)}`
})

/** All transfers. */
export const log: Source = {
  read: ({ chunk, order, stretch: { after, upTo } }) =>
    sql`SELECT sequence FROM transfer WHERE sequence > ${after} AND sequence <= ${upTo}
      ORDER BY sequence ${direction(order)} LIMIT ${atMost(chunk)}`
}

/**
 * Transfers that touched an account whose code is in the range. First of each account the one that comes next: the page is
 * on those accounts where it comes soonest, twice as many as transfers are wanted, as one transfer can be next on two.
 */
export const ofAccounts = ({ dialect: { eachFirst } }: Bench, { from, to }: CodeRange): Source => ({
  read: ({ chunk, order, stretch: { after, upTo } }) => {
    const way = direction(order)
    const within = (alias: string) =>
      sql`${sql.ref(`${alias}.sequence`)} > ${after} AND ${sql.ref(`${alias}.sequence`)} <= ${upTo}`
    const next = sql`(SELECT e.sequence FROM entry AS e WHERE e.account_id = a.id AND ${within("e")}
      ORDER BY e.sequence ${way} LIMIT 1)`
    const soonest = sql`(SELECT id FROM (
        SELECT a.id, ${next} AS next FROM account AS a WHERE a.code >= ${from} AND a.code < ${to}
      ) AS n WHERE next IS NOT NULL ORDER BY next ${way} LIMIT ${sql.lit(2 * chunk)}) AS s`
    const own = sql`SELECT e.sequence FROM entry AS e WHERE e.account_id = s.id AND ${within("e")}
      ORDER BY e.sequence ${way} LIMIT ${atMost(chunk)}`
    const { join, sequence } = eachFirst(own)
    return sql`SELECT DISTINCT ${sequence} AS sequence FROM ${soonest} ${join} ORDER BY 1 ${way} LIMIT ${atMost(chunk)}`
  }
})

/** How sources are read in that order. */
export const makeReads = ({ queries }: Bench, order: Order) => {
  const all = <Row>(query: RawBuilder<Row>): Effect.Effect<ReadonlyArray<Row>, SqlError> =>
    queries.all({ compile: () => query.compile(queries.build) })
  return {
    all,
    /** The sequence with which a full chunk ends; undefined when there are fewer. */
    endOf: (source: Source, stretch: Stretch, chunk: Chunk): Effect.Effect<bigint | undefined, SqlError> => {
      const read = source.read({ stretch, order, chunk })
      const end = sql<{ readonly sequence: bigint }>`SELECT k.sequence FROM (${read}) AS k
        ORDER BY k.sequence ${direction(order)} LIMIT 1 OFFSET ${sql.lit(chunk - 1)}`
      return Effect.map(all(end), ([row]) => row?.sequence)
    }
  }
}
