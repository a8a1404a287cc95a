/** Counts the figures of the program in the database at hand. */
import { FaucetFigures, type Figures } from "@purser/domain/faucet"
import { unknownRegion } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { SqlError } from "effect/sql/SqlError"
import { sql } from "kysely"
import type { Services } from "../Database.ts"
import { asStorageError } from "../failures.ts"
import { type PayoutRow, statuses } from "../payouts/payoutRow.ts"
import * as Queries from "../Queries.ts"
import { links, memberships, type PlayerRow, risks } from "../rewards/playerRow.ts"

interface Tables {
  readonly player: PlayerRow
  readonly accrual: {
    readonly player_id: string
    readonly kills: bigint
    readonly amount_minor: bigint
    readonly dry_run: bigint
    readonly payout_id: string | null
  }
  readonly payout: PayoutRow
  readonly risk_signal: { readonly verdict: bigint | null }
}
type Sql = Queries.Queries<Tables>

const sum = (column: string) => sql<bigint>`CAST(COALESCE(SUM(${sql.ref(column)}), 0) AS bigint)`

const players = ({ build }: Sql) =>
  build.selectFrom("player")
    .select(({ eb, fn }) => [
      fn.countAll<bigint>().as("players"),
      fn.countAll<bigint>().filterWhere(eb.and([
        eb("membership", "=", memberships.codeOf("member")),
        eb("link", "=", links.codeOf("linked"))
      ])).as("verified"),
      fn.countAll<bigint>().filterWhere("risk", "!=", risks.codeOf("none")).as("flagged"),
      fn.countAll<bigint>().filterWhere("risk", "in", [risks.codeOf("hold"), risks.codeOf("confirmed")]).as("held")
    ])
    .where("erased_at_millis", "is", null)

/** Summed by player first, along an index that has all of it: of millions of rows only some thousand sums meet players. */
const earned = ({ build }: Sql, dryRun: bigint) =>
  build.selectFrom(
    build.selectFrom("accrual")
      .select(["player_id", sum("amount_minor").as("amount_minor"), sum("kills").as("kills")])
      .where("dry_run", "=", dryRun)
      .groupBy("player_id")
      .as("earned")
  )
    .innerJoin("player", "player.id", "earned.player_id")
    .select(["player.region", sum("earned.amount_minor").as("amount_minor"), sum("earned.kills").as("kills")])
    .groupBy("player.region")

const open = ({ build }: Sql, dryRun: bigint) =>
  build.selectFrom("accrual")
    .select([sum("amount_minor").as("amount_minor"), sum("kills").as("kills")])
    .where("dry_run", "=", dryRun)
    .where("payout_id", "is", null)

/** A payout that failed is none: its debt is open again. */
const paid = ({ build }: Sql, dryRun: bigint) =>
  build.selectFrom(
    build.selectFrom("payout")
      .select(({ fn }) => ["player_id", fn.countAll<bigint>().as("payouts")])
      .where("dry_run", "=", dryRun)
      .where("status", "!=", statuses.codeOf("failed"))
      .groupBy("player_id")
      .as("paid")
  )
    .leftJoin("player", "player.id", "paid.player_id")
    .select(({ fn, val }) => [
      fn.coalesce("player.region", val<string>(unknownRegion)).as("region"),
      sum("paid.payouts").as("payouts")
    ])
    .groupBy("player.region")

const openSignals = ({ build }: Sql) =>
  build.selectFrom("risk_signal")
    .select(({ fn }) => fn.countAll<bigint>().as("open"))
    .where("verdict", "is", null)

const total = <Row>(rows: ReadonlyArray<Row>, of: (row: Row) => bigint): bigint =>
  rows.reduce((all, row) => all + of(row), 0n)

/** Players without a region and those of nobody can be two rows. */
const byRegion = <Row extends { readonly region: string }>(rows: ReadonlyArray<Row>, of: (row: Row) => bigint) => {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.region, (counts.get(row.region) ?? 0) + Number(of(row)))
  return counts
}

const read = (queries: Sql, dryRun: boolean): Effect.Effect<Figures, SqlError> =>
  Effect.gen(function*() {
    const books = dryRun ? 1n : 0n
    const counted = (yield* queries.first(players(queries)))!
    const rows = yield* queries.all(earned(queries, books))
    const payouts = yield* queries.all(paid(queries, books))
    const owed = (yield* queries.first(open(queries, books)))!
    const signals = (yield* queries.first(openSignals(queries)))!
    return {
      players: Number(counted.players),
      verifiedPlayers: Number(counted.verified),
      flaggedPlayers: Number(counted.flagged),
      heldPlayers: Number(counted.held),
      openSignals: Number(signals.open),
      accruedMinor: total(rows, (row) => row.amount_minor),
      openMinor: owed.amount_minor,
      openKills: Number(owed.kills),
      killsByRegion: byRegion(rows, (row) => row.kills),
      payoutsByRegion: byRegion(payouts, (row) => row.payouts)
    }
  })

/** `FaucetFigures` on SQLite or PostgreSQL. Each figure is counted anew from all rows: ask once a minute, not with each request. */
export const layer: Layer.Layer<FaucetFigures, never, Services> = Layer.effect(
  FaucetFigures,
  Effect.map(
    Queries.make<Tables>(),
    (queries) => FaucetFigures.of({ read: (dryRun) => asStorageError("FaucetFigures.read")(read(queries, dryRun)) })
  )
)
