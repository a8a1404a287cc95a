/** Writes players, each over the version that it was decided on. */
import { Player, type PlayerStore } from "@purser/domain/rewards"
import type { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { sql } from "kysely"
import type { ColumnTypes } from "../dialect/givenRows.ts"
import { givenRows } from "../dialect/givenRows.ts"
import { asStorageError } from "../failures.ts"
import type * as Queries from "../Queries.ts"
import { contended, contendedWhereTaken } from "./contended.ts"
import { withGiven } from "./given.ts"
import { playerColumns, type PlayerRow, rowOf } from "./playerRow.ts"

type Sql = Queries.Queries<{ readonly player: PlayerRow }>
type Rows = ReadonlyArray<PlayerRow>

const operation = "PlayerStore.put"

const columns = Object.keys(playerColumns) as ReadonlyArray<keyof PlayerRow>
const changeable = columns.filter((column) => column !== "id")
const references = sql.join(columns.map((column) => sql.ref(column)))

const accountColumns: ColumnTypes<Pick<PlayerRow, "id" | "epic_id">> = { id: "text", epic_id: "text" }

/** Takes Epic accounts from those of the given who lose theirs, so that another of them can have it in the same call. */
const freeAccounts = ({ build, dialect }: Sql, rows: Rows) =>
  build.updateTable("player").set({ epic_id: null }).where(
    "id",
    "in",
    sql<string>`(${withGiven(dialect, accountColumns, rows.map(({ epic_id, id }) => ({ id, epic_id })))}
      SELECT had.id FROM given JOIN player AS had ON had.id = given.id
      WHERE had.epic_id IS NOT NULL AND (given.epic_id IS NULL OR given.epic_id <> had.epic_id))`
  )

const insert = ({ build, dialect }: Sql, rows: Rows) =>
  build.insertInto("player").columns([...columns]).expression(givenRows[dialect](playerColumns, rows))
    .onConflict((conflict) => conflict.doNothing())

/**
 * An insertion that always meets the stored row, as only it takes rows in order on both databases: so two callers wait for
 * each other and not crosswise. It finds none of players who are not stored, nor of those who have changed.
 */
const replace = ({ build, dialect }: Sql, rows: Rows) =>
  build.insertInto("player").columns([...columns])
    .expression(
      sql`${withGiven(dialect, playerColumns, rows)} SELECT ${references} FROM given
        WHERE EXISTS (SELECT 1 FROM player AS stored WHERE stored.id = given.id) ORDER BY id`
    )
    .onConflict((conflict) =>
      conflict.column("id")
        .doUpdateSet(({ ref }) => Object.fromEntries(changeable.map((name) => [name, ref(`excluded.${name}`)])))
        .whereRef("player.version", "=", ({ eb, ref }) => eb(ref("excluded.version"), "-", 1n))
    )

const byId = (left: Player, right: Player): number => left.id < right.id ? -1 : 1

const rowsOf = (players: ReadonlyArray<Player>): Rows => players.toSorted(byId).map(rowOf)

const write = Effect.fnUntraced(function*(queries: Sql, given: ReadonlyArray<Player>, stored: ReadonlyArray<Player>) {
  const { changed, run } = queries
  const [fresh, known] = [stored.filter(({ version }) => version === 1), stored.filter(({ version }) => version !== 1)]
  if (given.length > 1 && known.length > 0) yield* run(freeAccounts(queries, rowsOf(known)))
  const replaced = known.length === 0 ? 0 : yield* changed(replace(queries, rowsOf(known)))
  const inserted = fresh.length === 0 ? 0 : yield* changed(insert(queries, rowsOf(fresh)))
  if (replaced + inserted < given.length) yield* contended(operation, "a player has changed, or has another's account")
  return stored
})

/** The method that writes players: three statements at the most, undone together. */
export const makePut =
  (queries: Sql, { atomically }: Transaction["Service"]): PlayerStore["Service"]["put"] => (given) => {
    if (given.length === 0) return Effect.succeed([])
    if (new Set(given.map(({ id }) => id)).size < given.length) return contended(operation, "a player is given twice")
    const stored = given.map((player) => new Player({ ...player, version: player.version + 1 }))
    return atomically(
      write(queries, given, stored).pipe(
        contendedWhereTaken(operation, "an account is another player's"),
        asStorageError(operation)
      )
    )
  }
