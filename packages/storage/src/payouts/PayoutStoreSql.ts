/** Keeps payouts in the database at hand. */
import {
  boundPayouts,
  type Payout,
  type PayoutKey,
  type PayoutQuery,
  type PayoutStatus,
  PayoutStore
} from "@purser/domain/payouts"
import { StorageError, Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Compilable, sql } from "kysely"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { amongBytes, amongTexts } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"
import { payoutColumns, payoutOf, type PayoutRow, rowOf, statuses } from "./payoutRow.ts"

interface Tables {
  readonly payout: PayoutRow
}
type Sql = Queries.Queries<Tables>

const columns = Object.keys(payoutColumns) as ReadonlyArray<keyof PayoutRow>

const payouts = ({ build }: Sql) => build.selectFrom("payout").selectAll()

const withKeys = (queries: Sql, keys: ReadonlyArray<PayoutKey>) =>
  payouts(queries).where(amongBytes[queries.dialect]("payout_key", keys))

/** In the order of ids, in which rows are locked everywhere. A row that meets another by id, key or block is left out. */
const insert = ({ build, dialect }: Sql, added: ReadonlyArray<Payout>) =>
  build.insertInto("payout")
    .columns([...columns])
    .expression(
      givenRows[dialect](payoutColumns, added.map(rowOf).sort((left, right) => left.id < right.id ? -1 : 1))
    )
    .onConflict((conflict) => conflict.doNothing())

/** What a move compares, and what it replaces besides. */
const compared = [
  "status",
  "round",
  "attempts",
  "block",
  "queued_at_millis",
  "taken_at_millis",
  "first_attempt_at_millis",
  "last_attempt_at_millis",
  "next_attempt_at_millis"
] as const
const replaced = [...compared, "payee", "failure_reason"] as const

/** The whole decision in one statement: of two moves from one state the second finds another. */
const move = ({ build }: Sql, before: PayoutRow, after: PayoutRow) =>
  compared.reduce(
    (update, column) => update.where(column, "is not distinct from", before[column]),
    build.updateTable("payout")
      .set(Object.fromEntries(replaced.map((column) => [column, after[column]])))
      .where("id", "=", before.id)
  )

const literal = (status: PayoutStatus) => sql.lit(statuses.codeOf(status))

/** As it is written in the index that holds only these rows: a parameter would not be known to be among them. */
const mayHaveLanded = [literal("signed"), literal("sent"), literal("unknown")]
const waiting = [literal("queued")]

const dueAmong = (
  queries: Sql,
  states: ReadonlyArray<ReturnType<typeof literal>>,
  { atMillis, limit }: { atMillis: number; limit: number }
) =>
  payouts(queries)
    .where("status", "in", states)
    .where(({ eb, or }) =>
      or([eb("next_attempt_at_millis", "is", null), eb("next_attempt_at_millis", "<=", BigInt(atMillis))])
    )
    .orderBy("queued_at_millis")
    .orderBy("id")
    .limit(limit)

/** Two walks along an index each, which end at the limit: the queue is never sorted. */
const due = (queries: Sql, at: { atMillis: number; limit: number }) =>
  queries.build
    .selectFrom(dueAmong(queries, mayHaveLanded, at).select(sql.lit(1).as("turn")).as("landing")).selectAll()
    .unionAll(
      queries.build.selectFrom(dueAmong(queries, waiting, at).select(sql.lit(2).as("turn")).as("waiting")).selectAll()
    )
    .orderBy("turn")
    .orderBy("queued_at_millis")
    .orderBy("id")
    .limit(at.limit)

const orders = {
  queued: ["queued_at_millis", "id"],
  amount: ["amount_minor", "queued_at_millis", "id"],
  status: ["status", "queued_at_millis", "id"]
} as const

const filtered = (queries: Sql, { dryRun, player, status }: PayoutQuery) => {
  let query = payouts(queries)
  if (player !== undefined) query = query.where("player_id", "=", player)
  if (status !== undefined) query = query.where("status", "=", statuses.codeOf(status))
  if (dryRun !== undefined) query = query.where("dry_run", "=", dryRun ? 1n : 0n)
  return query
}

/** A page begins after the row that ended the last one, wherever that is now: rows added meanwhile move nothing. */
const list = (queries: Sql, asked: PayoutQuery) => {
  const { after, limit, order, sortBy } = asked
  const direction = order === "ascending" ? "asc" : "desc"
  const place = (table: string) => sql.join(orders[sortBy].map((column) => sql.ref(`${table}.${column}`)))
  const follows = sql.raw(order === "ascending" ? ">" : "<")
  const all = filtered(queries, asked)
  const rest = after === undefined
    ? all
    : all.where(
      sql<boolean>`(${place("payout")}) ${follows} (SELECT ${
        place("last")
      } FROM payout AS last WHERE last.id = ${after})`
    )
  return orders[sortBy].reduce((query, column) => query.orderBy(column, direction), rest).limit(limit)
}

const sumMinor = sql<bigint>`CAST(COALESCE(SUM(amount_minor), 0) AS bigint)`

const queuedBefore = ({ build }: Sql, { id, queuedAtMillis }: Payout) =>
  build.selectFrom("payout")
    .select(sumMinor.as("sum_minor"))
    .where("status", "=", statuses.codeOf("queued"))
    .where("dry_run", "=", 0n)
    .where(({ eb, refTuple, tuple }) => eb(refTuple("queued_at_millis", "id"), "<", tuple(BigInt(queuedAtMillis), id)))

const totals = ({ build }: Sql) =>
  build.selectFrom("payout")
    .select(["status", "dry_run", sumMinor.as("sum_minor")])
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .groupBy(["status", "dry_run"])
    .orderBy("status")
    .orderBy("dry_run")

const contended = (method: string, cause: string) =>
  new StorageError({ failure: "Contended", operation: `PayoutStore.${method}`, cause })

/** A `PayoutStore` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<PayoutStore, never, Services> = Layer.effect(
  PayoutStore,
  Effect.gen(function*() {
    const queries = yield* Queries.make<Tables>()
    const { atomically } = yield* Transaction
    const select = (method: string, query: Compilable<PayoutRow>) =>
      asStorageError(`PayoutStore.${method}`)(decoded(queries.all(query), payoutOf))
    // An INSERT that failed would spoil the transaction around it; one that leaves rows out is undone by itself.
    const add = (added: ReadonlyArray<Payout>) =>
      atomically(
        Effect.flatMap(
          asStorageError("PayoutStore.add")(queries.changed(insert(queries, added))),
          (count) => count === added.length ? Effect.void : Effect.fail(contended("add", "id or key exists"))
        )
      )
    return PayoutStore.of(boundPayouts({
      byIds: (ids) =>
        ids.length === 0
          ? Effect.succeed([])
          : select("byIds", payouts(queries).where(amongTexts[queries.dialect]("id", ids))),
      byKeys: (keys) => keys.length === 0 ? Effect.succeed([]) : select("byKeys", withKeys(queries, keys)),
      add: (added) => added.length === 0 ? Effect.void : add(added),
      move: (before, after) =>
        Effect.flatMap(
          asStorageError("PayoutStore.move")(queries.changed(move(queries, rowOf(before), rowOf(after)))),
          (count) => count === 1 ? Effect.void : Effect.fail(contended("move", "stored differently"))
        ),
      due: (atMillis, limit) => select("due", due(queries, { atMillis, limit })),
      list: (query) => select("list", list(queries, query)),
      queuedBeforeMinor: (payout) =>
        asStorageError("PayoutStore.queuedBeforeMinor")(
          Effect.map(queries.first(queuedBefore(queries, payout)), (row) => row!.sum_minor)
        ),
      totals: asStorageError("PayoutStore.totals")(
        decoded(queries.all(totals(queries)), (row) => ({
          status: statuses.nameOf(row.status),
          dryRun: row.dry_run === 1n,
          count: Number(row.count),
          amountMinor: row.sum_minor
        }))
      )
    }))
  })
)
