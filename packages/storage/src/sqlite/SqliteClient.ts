/** Makes the SQL client of a SQLite file. */
import * as Effect from "effect/Effect"
import type { Reactivity } from "effect/reactivity/Reactivity"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import { makeCompilerSqlite } from "effect/sql/Statement"
import { DatabaseRefused } from "../DatabaseRefused.ts"
import type { ReadNow } from "../ReadNow.ts"
import { type OpenOptions, openSqlite } from "./openSqlite.ts"
import { SqliteConnection } from "./SqliteConnection.ts"

const open = (options: OpenOptions) =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      try {
        return Effect.succeed(openSqlite(options))
      } catch (cause) {
        return cause instanceof DatabaseRefused ? Effect.fail(cause) : Effect.die(cause)
      }
    }),
    (database) => Effect.sync(() => database.close())
  )

/** The client, and how to read past it. */
export interface SqliteClient {
  readonly sql: SqlClient.SqlClient
  readonly readNow: ReadNow
}

/** One connection behind a lock: transactions and lone statements run one after the other. Closes with the scope. */
export const makeSqliteClient = (
  options: OpenOptions
): Effect.Effect<SqliteClient, DatabaseRefused, Scope.Scope | Reactivity> =>
  Effect.gen(function*() {
    const connection = new SqliteConnection(yield* open(options))
    const sql = yield* SqlClient.make({
      ...SqlClient.makeSqliteAcquirers({
        connection: Effect.succeed(connection),
        semaphore: yield* Semaphore.make(1),
        isTransaction: (connection) => connection.isBegun
      }),
      compiler: makeCompilerSqlite(),
      driver: "better-sqlite3",
      // Taking the write lock at the start: a reader that turns writer could otherwise be refused half-way.
      beginTransaction: "BEGIN IMMEDIATE",
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "sqlite"]]
    })
    return { sql, readNow: (text, parameters) => connection.readNow(text, parameters) }
  })
