/** Reads how far Epic accounts were read, and what was booked of it. */
import type { PayoutId } from "@purser/domain/payouts"
import {
  accrualPlace,
  type AccrualQuery,
  type EarningStore,
  EpicId,
  type Owed,
  PlayerId,
  type Used
} from "@purser/domain/rewards"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { type Compilable, type RawBuilder, sql } from "kysely"
import { decoded } from "../decoded.ts"
import { amongListed, amongTexts, listed } from "../dialect/lists.ts"
import { asStorageError } from "../failures.ts"
import { statuses } from "../payouts/payoutRow.ts"
import type * as Queries from "../Queries.ts"
import { accrualOf, booksOf, epicAccountOf, keptAccrualOf } from "./accrualRow.ts"
import type { EarningTables } from "./earningTables.ts"
import { heldRows } from "./heldRows.ts"

type Sql = Queries.Queries<EarningTables>
type Store = EarningStore["Service"]
type Within = Parameters<Store["used"]>[1]

const epicAccounts = ({ build, dialect }: Sql, ids: ReadonlyArray<EpicId>) =>
  build.selectFrom("epic_account").selectAll().where(amongTexts[dialect]("epic_id", ids)).orderBy("epic_id")
    .modifyEnd(heldRows[dialect])

const ofPlayers = ({ build, dialect }: Sql, ids: ReadonlyArray<PlayerId>) =>
  build.selectFrom("accrual").where(amongTexts[dialect]("player_id", ids))

const inOrder = (queries: Sql, order: AccrualQuery["order"] = "oldest_first") => {
  const way = order === "oldest_first" ? "asc" : "desc"
  return queries.build.selectFrom("accrual").selectAll().orderBy("booked_at_millis", way).orderBy("id", way)
}

const open = (queries: Sql, ids: ReadonlyArray<PlayerId>, dryRun: boolean) =>
  inOrder(queries).where(amongTexts[queries.dialect]("player_id", ids)).where("payout_id", "is", null)
    .where("dry_run", "=", booksOf(dryRun))

const lastIn = (queries: Sql, payoutId: PayoutId) => inOrder(queries).where("last_payout_id", "=", payoutId)

const owedPlayers = ({ build }: Sql, { after = "" as PlayerId, dryRun, limit }: Parameters<Store["owedPlayers"]>[0]) =>
  build.selectFrom("accrual").select("player_id").distinct().where("dry_run", "=", booksOf(dryRun))
    .where("payout_id", "is", null).where("player_id", ">", after).orderBy("player_id").limit(limit)

/** A row that was divided still has its place: its parts were booked when it was. An unknown one has no page behind it. */
const behind = ({ after, order, playerId }: AccrualQuery) => {
  if (after === undefined) return sql<boolean>`true`
  const { row } = accrualPlace(after)
  const bookedAt = sql`SELECT min(booked_at_millis) FROM accrual
    WHERE player_id = ${playerId} AND (id = ${row} OR id > ${`${row}#`} AND id < ${`${row}$`})`
  const way = sql.raw(order === "oldest_first" ? ">" : "<")
  return sql<boolean>`(booked_at_millis, id) ${way} ((${bookedAt}), ${after})`
}

const page = (queries: Sql, query: AccrualQuery) => {
  const { isSettled, limit, order, playerId } = query
  const all = inOrder(queries, order).where("player_id", "=", playerId).where(behind(query)).limit(limit)
  return isSettled === undefined ? all : all.where("payout_id", isSettled ? "is not" : "is", null)
}

const sum = (column: "amount_minor" | "kills", condition: "payout_id IS NULL" | "payout_id IS NOT NULL") =>
  sql<bigint>`CAST(coalesce(sum(${sql.ref(column)}) FILTER (WHERE ${sql.raw(condition)}), 0) AS bigint)`

const owedAmong = ({ build, dialect }: Sql, ids: unknown, books: bigint) =>
  build.selectFrom("accrual").where(amongListed[dialect]("player_id", ids)).where("dry_run", "=", books)
    .groupBy("player_id").select([
      "player_id",
      sum("amount_minor", "payout_id IS NULL").as("open_minor"),
      sum("kills", "payout_id IS NULL").as("open_kills"),
      sum("amount_minor", "payout_id IS NOT NULL").as("settled_minor")
    ])

const earners = ({ build, compiled, dialect }: Sql) =>
  compiled(
    (epicIds: unknown) => build.selectFrom("epic_earner").selectAll().where(amongListed[dialect]("epic_id", epicIds)),
    listed[dialect]([])
  )

/** Every look at a dashboard asks this. */
const owed = (queries: Sql) =>
  queries.compiled(
    (ids: unknown, books: bigint) => owedAmong(queries, ids, books),
    listed[queries.dialect]([]),
    booksOf(false)
  )

/** True of payouts in these books since then. */
const since = (startMillis: number, dryRun: boolean) =>
  sql`p.queued_at_millis >= ${BigInt(startMillis)} AND p.dry_run = ${booksOf(dryRun)}`

const payoutsWhere = (condition: RawBuilder<unknown>) => sql<bigint>`count(DISTINCT p.id) FILTER (WHERE ${condition})`

const killsWhere = (condition: RawBuilder<unknown>) =>
  sql<bigint>`CAST(coalesce(sum(a.kills) FILTER (WHERE ${condition}), 0) AS bigint)`

/**
 * Through the payouts of the players since then, few as they are, and not through all that was ever earned. So that planners
 * see no other way, books are told apart only while counting, and it is not said that a row in a payout is in its last one.
 */
const used = ({ build, dialect }: Sql, ids: ReadonlyArray<PlayerId>, { dryRun, windows }: Within) => {
  const { dayStartMillis, weekStartMillis } = windows
  const [inDay, inWeek] = [since(dayStartMillis, dryRun), since(weekStartMillis, dryRun)]
  return build.selectFrom("payout as p")
    .innerJoin("accrual as a", "a.last_payout_id", "p.id").where("a.payout_id", "is not", null)
    .where(amongTexts[dialect]("p.player_id", ids))
    .where("p.queued_at_millis", ">=", BigInt(Math.min(dayStartMillis, weekStartMillis)))
    .where("p.status", "<>", statuses.codeOf("failed"))
    .groupBy("p.player_id").select([
      "p.player_id",
      payoutsWhere(inDay).as("payouts_in_day"),
      payoutsWhere(inWeek).as("payouts_in_week"),
      killsWhere(inDay).as("kills_in_day"),
      killsWhere(inWeek).as("kills_in_week")
    ])
}

type Row<Query> = Query extends Compilable<infer Selected> ? Selected : never

const owedOf = (playerId: PlayerId, row: Row<ReturnType<typeof owedAmong>> | undefined): Owed => ({
  playerId,
  openMinor: row?.open_minor ?? 0n,
  openKills: Number(row?.open_kills ?? 0n),
  settledMinor: row?.settled_minor ?? 0n
})

const usedOf = (playerId: PlayerId, row: Row<ReturnType<typeof used>> | undefined): Used => ({
  playerId,
  payouts: { inDay: Number(row?.payouts_in_day ?? 0n), inWeek: Number(row?.payouts_in_week ?? 0n) },
  kills: { inDay: Number(row?.kills_in_day ?? 0n), inWeek: Number(row?.kills_in_week ?? 0n) }
})

/** One for each player, in the order given, from rows of some of them. */
const ofEach = <Selected extends { readonly player_id: string }, A>(
  ids: ReadonlyArray<PlayerId>,
  rows: Effect.Effect<ReadonlyArray<Selected>, StorageError>,
  of: (playerId: PlayerId, row: Selected | undefined) => A
) =>
  Effect.map(rows, (found) => {
    const byId = new Map(found.map((row) => [row.player_id, row]))
    return Array.from(new Set(ids), (id) => of(id, byId.get(id)))
  })

type Reads = Omit<Store, "putEpicAccounts" | "add" | "split" | "assign" | "release" | "removeOpen">

/** The methods that only read. */
export const makeEarningReads = (queries: Sql): Reads => {
  const { all, dialect } = queries
  const readOwed = owed(queries)
  const readEarners = earners(queries)
  const select = <Selected, A>(method: string, query: Compilable<Selected>, decode: (row: Selected) => A) =>
    asStorageError(`EarningStore.${method}`)(decoded(all(query), decode))
  return {
    epicAccounts: (ids) =>
      ids.length === 0 ? Effect.succeed([]) : select("epicAccounts", epicAccounts(queries, ids), epicAccountOf),
    withRowOf: (epochMinute, playerIds) =>
      Effect.map(
        select(
          "withRowOf",
          ofPlayers(queries, playerIds).select("player_id").distinct().where("epoch_minute", "=", BigInt(epochMinute)),
          (row) => PlayerId.make(row.player_id)
        ),
        (found) => new Set(found)
      ),
    owedPlayers: (query) => select("owedPlayers", owedPlayers(queries, query), (row) => PlayerId.make(row.player_id)),
    open: (playerIds, dryRun) => select("open", open(queries, playerIds, dryRun), accrualOf),
    inPayout: (payoutId) => select("inPayout", lastIn(queries, payoutId).where("payout_id", "=", payoutId), accrualOf),
    lastIn: (payoutId) => select("lastIn", lastIn(queries, payoutId), keptAccrualOf),
    earners: (epicIds) =>
      epicIds.length === 0
        ? Effect.succeed([])
        : asStorageError("EarningStore.earners")(
          decoded(readEarners(listed[dialect](epicIds)), (row) => ({
            epicId: EpicId.make(row.epic_id),
            playerId: PlayerId.make(row.player_id)
          }))
        ),
    used: (playerIds, within) =>
      ofEach(playerIds, select("used", used(queries, playerIds, within), (row) => row), usedOf),
    owed: (playerIds, dryRun) =>
      ofEach(
        playerIds,
        asStorageError("EarningStore.owed")(readOwed(listed[dialect](playerIds), booksOf(dryRun))),
        owedOf
      ),
    list: (query) => select("list", page(queries, query), keptAccrualOf)
  }
}
