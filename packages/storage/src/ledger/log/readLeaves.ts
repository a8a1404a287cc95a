/** Reads leaves of the log, side by side. */
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { sql } from "kysely"
import { decoded } from "../../decoded.ts"
import { bytesOf } from "../../hex.ts"
import type { Bench } from "../Bench.ts"
import { selectTransfers } from "../readTransfers.ts"
import { leafOf, saltOf } from "./leaf.ts"

/** Leaves from the first up to but not with the last. */
export interface Span {
  readonly first: bigint
  readonly last: bigint
}

const joinedLeaves = ({ dialect, queries: { build } }: Bench, { first, last }: Span) =>
  build.selectFrom("transfer")
    .select([
      sql<bigint>`count(leaf)`.as("count"),
      sql<Uint8Array | null>`${sql.raw(dialect.joinedBytes("leaf", "sequence"))}`.as("leaves")
    ])
    .where("sequence", ">", first).where("sequence", "<=", last)

/** Transfers from before there was a log have their leaves worked out. */
const workedOut = (bench: Bench, { first, last }: Span) =>
  decoded(
    bench.queries.all(
      selectTransfers(bench).where("t.sequence", ">", first).where("t.sequence", "<=", last).orderBy("t.sequence")
    ),
    (row) => row.leaf ?? bytesOf(leafOf(bench.transferOf(row), saltOf(row.salt)))
  )

/** The leaves one after the other, 32 bytes each; undefined where one is missing. A span holds a tile's worth at most. */
export const readLeaves = (bench: Bench, span: Span): Effect.Effect<Uint8Array | undefined, SqlError> =>
  Effect.gen(function*() {
    const count = span.last - span.first
    const row = yield* bench.queries.first(joinedLeaves(bench, span))
    if (row?.count === count) return row.leaves ?? new Uint8Array()
    const leaves = yield* workedOut(bench, span)
    return BigInt(leaves.length) === count ? Buffer.concat(leaves) : undefined
  })
