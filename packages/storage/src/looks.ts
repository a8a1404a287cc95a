/** Looks at a database from outside: whether it answers, and what it is. */
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { Dialect, type DialectName } from "./Dialect.ts"
import { asStorageError } from "./failures.ts"
import { AnswerTimeoutMillis } from "./postgres/AnswerTimeout.ts"

/** What `purser doctor` shows. */
export interface About {
  readonly dialect: DialectName
  /** Of the server, or of the SQLite that is built in. */
  readonly version: string
  /** The path of the file, or the name of the database on its server. */
  readonly place: string
  /** False when acknowledged commits may be lost in a power failure, because a server was told not to force them to disk. */
  readonly isDurable: boolean
  /** What time it is there; on SQLite the clock of this machine. */
  readonly clockMillis: number
}

interface Row {
  readonly version: string
  readonly place: string
  readonly is_durable: bigint
  readonly clock_millis: bigint
}

const questions: Readonly<Record<DialectName, string>> = {
  sqlite: `SELECT sqlite_version() AS version, (SELECT file FROM pragma_database_list WHERE name = 'main') AS place,
    (SELECT synchronous >= 2 FROM pragma_synchronous) AS is_durable,
    CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS clock_millis`,
  postgres: `SELECT current_setting('server_version') AS version, current_database() AS place,
    (current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
      AND current_setting('synchronous_commit') <> 'off')::int::bigint AS is_durable,
    (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock_millis`
}

/** What the database at hand is. */
export const about: Effect.Effect<About, StorageError, SqlClient | Dialect> = Effect.gen(function*() {
  const sql = yield* SqlClient
  const dialect = yield* Dialect
  const [row] = yield* asStorageError("Database.about")(sql.unsafe<Row>(questions[dialect]))
  return {
    dialect,
    version: row!.version,
    place: row!.place,
    isDurable: row!.is_durable === 1n,
    clockMillis: Number(row!.clock_millis)
  }
})

/** A probe wants an answer soon; a server that says nothing for so long is down. */
const pingTimeoutMillis = 2000

/** Succeeds when the database answers. For probes: waits 2 seconds for the answer, besides the wait for a connection. */
export const ping: Effect.Effect<void, StorageError, SqlClient> = Effect.flatMap(
  SqlClient,
  (sql) => Effect.asVoid(asStorageError("Database.ping")(sql.unsafe("SELECT 1")))
).pipe(Effect.provideService(AnswerTimeoutMillis, pingTimeoutMillis))
