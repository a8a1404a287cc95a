/** Keeps the blocks of the operator's account in the database at hand, whose indexes let one into each place. */
import {
  type BlockReference,
  BlockStore,
  boundBlocks,
  type OperatorBlock,
  type OperatorBlockState
} from "@purser/domain/payouts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Compilable, sql } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { amongTexts } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { blockOf, type BlockRow, kinds, rowOf, states } from "./blockRow.ts"

interface Tables {
  readonly operator_block: BlockRow
}
type Sql = Queries.Queries<Tables>

/** As they are written in the indexes that hold a part of the rows: a parameter would not be known to be among them. */
const open = [sql.lit(states.codeOf("stored")), sql.lit(states.codeOf("landed"))]
const send = sql.lit(kinds.codeOf("send"))
const dead = sql.lit(states.codeOf("dead"))

/**
 * The whole decision in one statement: a block whose hash is known, or whose place, payout or source another block has that
 * may still land, is left out by the unique indexes. One that is being stored by somebody else at this moment is waited for.
 */
const insert = ({ build }: Sql, block: OperatorBlock) =>
  build.insertInto("operator_block").values(rowOf(block)).onConflict((conflict) => conflict.doNothing())

const blocks = ({ build }: Sql) => build.selectFrom("operator_block").selectAll()

const lowestOpen = (queries: Sql, account: string, limit: number) =>
  blocks(queries)
    .where("account", "=", account)
    .where("state", "in", open)
    .orderBy("height")
    .orderBy("hash")
    .limit(limit)

const newest = (queries: Sql, account: string) =>
  blocks(queries)
    .where("account", "=", account)
    .where("state", "!=", dead)
    .orderBy("height", "desc")
    .orderBy("hash", "desc")
    .limit(1)

const move = (
  { build }: Sql,
  hash: BlockReference,
  { from, to }: Readonly<Record<"from" | "to", OperatorBlockState>>
) =>
  build.updateTable("operator_block")
    .set({ state: states.codeOf(to) })
    .where("hash", "=", hash)
    .where("state", "=", states.codeOf(from))

const sentSince = ({ build }: Sql, account: string, sinceMillis: number) =>
  build.selectFrom("operator_block")
    .select(sql<bigint>`CAST(COALESCE(SUM(amount_minor), 0) AS bigint)`.as("sum_minor"))
    .where("account", "=", account)
    .where("stored_at_millis", ">=", BigInt(sinceMillis))
    .where("kind", "=", send)
    .where("state", "!=", dead)

/** A `BlockStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<BlockStore, never, Services> = Layer.effect(
  BlockStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const select = (method: string, query: Compilable<BlockRow>) =>
      asStorageError(`BlockStore.${method}`)(decoded(queries.all(query), blockOf))
    const isOne = (method: string, query: Compilable<unknown>) =>
      asStorageError(`BlockStore.${method}`)(Effect.map(queries.changed(query), (count) => count === 1))
    return BlockStore.of(boundBlocks({
      add: (block) => isOne("add", insert(queries, block)),
      byHashes: (hashes) =>
        hashes.length === 0
          ? Effect.succeed([])
          : select("byHashes", blocks(queries).where(amongTexts[queries.dialect]("hash", hashes))),
      open: (account, limit) => select("open", lowestOpen(queries, account, limit)),
      newest: (account) => Effect.map(select("newest", newest(queries, account)), ([block]) => block),
      move: (hash, from, to) => isOne("move", move(queries, hash, { from, to })),
      sentSinceMinor: (account, sinceMillis) =>
        asStorageError("BlockStore.sentSinceMinor")(
          Effect.map(queries.first(sentSince(queries, account, sinceMillis)), (row) => row!.sum_minor)
        )
    }))
  })
)
