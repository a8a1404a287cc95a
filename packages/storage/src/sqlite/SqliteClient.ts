/** Makes the SQL client of a SQLite file. */
import * as Effect from "effect/Effect"
import { Reactivity } from "effect/reactivity/Reactivity"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { makeCompilerSqlite } from "effect/sql/Statement"
import { DatabaseRefused } from "../DatabaseRefused.ts"
import type { ReadNow } from "../ReadNow.ts"
import type { OpenSnapshot } from "../Snapshots.ts"
import { type OpenOptions, openSqlite, openSqliteReader } from "./openSqlite.ts"
import { SqliteConnection } from "./SqliteConnection.ts"
import { sqliteFailure } from "./sqliteFailures.ts"

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

/** The client, how to read past it, and how to open another that only reads; undefined where there is no file. */
export interface SqliteClient {
  readonly sql: SqlClient.SqlClient
  readonly readNow: ReadNow
  readonly openSnapshot: OpenSnapshot | undefined
}

const clientOf = (connection: SqliteConnection): Effect.Effect<SqlClient.SqlClient, never, Reactivity> =>
  Effect.flatMap(Semaphore.make(1), (semaphore) =>
    SqlClient.make({
      ...SqlClient.makeSqliteAcquirers({
        connection: Effect.succeed(connection),
        semaphore,
        isTransaction: (connection) => connection.isBegun
      }),
      compiler: makeCompilerSqlite(),
      driver: "better-sqlite3",
      // Taking the write lock at the start: a reader that turns writer could otherwise be refused half-way.
      beginTransaction: "BEGIN IMMEDIATE",
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "sqlite"]]
    }))

const openReader = (options: OpenOptions): Effect.Effect<SqliteConnection, SqlError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.try({
      try: () => openSqliteReader(options),
      catch: (cause) => sqliteFailure(cause, { isOpen: true, isCommitting: false })
    }),
    (database) => Effect.sync(() => database.close())
  ).pipe(Effect.map((database) => new SqliteConnection(database)))

/** One connection behind a lock: transactions and lone statements run one after the other. Closes with the scope. */
export const makeSqliteClient = (
  options: OpenOptions
): Effect.Effect<SqliteClient, DatabaseRefused, Scope.Scope | Reactivity> =>
  Effect.gen(function*() {
    const database = yield* open(options)
    const reactivity = yield* Reactivity
    const connection = new SqliteConnection(database)
    const reader = Effect.flatMap(openReader(options), clientOf)
    return {
      sql: yield* clientOf(connection),
      readNow: (text, parameters) => connection.readNow(text, parameters),
      openSnapshot: database.memory ? undefined : Effect.provideService(reader, Reactivity, reactivity)
    }
  })
