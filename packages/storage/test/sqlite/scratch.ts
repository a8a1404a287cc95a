/** Gives tests a SQLite file with two small tables. */
import { Database } from "@purser/storage"
import { temporaryPath } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"

/** `note` holds numbers once; `child` may only refer to one of them, which is checked at COMMIT. */
const tables = SqlClient.use((sql) =>
  Effect.andThen(
    sql`CREATE TABLE note (n INTEGER PRIMARY KEY, who TEXT) STRICT`,
    sql`CREATE TABLE child (n INTEGER REFERENCES note (n) DEFERRABLE INITIALLY DEFERRED) STRICT`
  )
)

/** A database of its own with the tables. */
export const scratch: Layer.Layer<Database.Services> = Layer.unwrap(
  Effect.map(
    temporaryPath,
    (path) => Layer.orDie(Layer.effectDiscard(tables).pipe(Layer.provideMerge(Database.layerSqlite({ path }))))
  )
)

/** Writes a number. */
export const write = (n: number, who = "") =>
  SqlClient.use((sql) => Effect.asVoid(sql`INSERT INTO note (n, who) VALUES (${n}, ${who})`))

/** The numbers that are there. */
export const written = SqlClient.use((sql) =>
  Effect.map(sql<{ n: bigint }>`SELECT n FROM note ORDER BY n`, (rows) => rows.map(({ n }) => Number(n)))
)
