/** Opens the connection that identity has to itself. */
import type { IdentityError } from "@purser/domain/identity"
import type { Database, DialectName } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { Kysely, PostgresDialect } from "kysely"
import { attempt } from "../failures.ts"
import { PatientSqliteDialect } from "./PatientSqlite.ts"
import type { Tables } from "./Tables.ts"

/** The file of the books, which must exist and be migrated. */
export interface SqliteTarget extends Database.SqliteOptions {
  readonly dialect: "sqlite"
}

/** The server of the books, through a small pool of its own: 4 connections unless given. */
export interface PostgresTarget extends Pick<Database.PostgresOptions, "url" | "schema" | "maxConnections"> {
  readonly dialect: "postgres"
}

/** Where users are kept. */
export type DatabaseTarget = SqliteTarget | PostgresTarget

/** The database of identity, with what its two kinds write differently. */
export interface IdentityDatabase {
  readonly kind: DialectName
  readonly db: Kysely<Tables>
  /** A point in time as this database keeps it. */
  readonly time: (millis: number) => string | Date
  readonly flag: (value: boolean) => boolean | number
}

const openSqlite = async ({ busyTimeoutMillis = 5000, path }: SqliteTarget): Promise<IdentityDatabase> => {
  const { default: Sqlite } = await import("better-sqlite3")
  const file = new Sqlite(path, { fileMustExist: true, timeout: 0 })
  file.pragma("foreign_keys = ON")
  file.pragma("synchronous = FULL")
  return {
    kind: "sqlite",
    db: new Kysely({ dialect: new PatientSqliteDialect(file, busyTimeoutMillis) }),
    time: (millis) => new Date(millis).toISOString(),
    flag: Number
  }
}

/** The object id of `bigint`: what is kept in one here is far below 2^53. */
const int8 = 20

const openPostgres = async ({ maxConnections = 4, schema, url }: PostgresTarget): Promise<IdentityDatabase> => {
  const { default: pg } = await import("pg")
  const pool = new pg.Pool({
    connectionString: Redacted.value(url),
    max: maxConnections,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    lock_timeout: 5000,
    application_name: "purser identity",
    options: `-c TimeZone=UTC${schema === undefined ? "" : ` -c search_path=${schema},public`}`,
    keepAlive: true,
    types: { getTypeParser: (id, format) => id === int8 ? Number : pg.types.getTypeParser(id, format) }
  })
  // An idle connection ended; the pool has dropped it, and the next statement gets another.
  pool.on("error", () => {})
  return {
    kind: "postgres",
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    time: (millis) => new Date(millis),
    flag: Boolean
  }
}

/** Opens it for as long as the scope is; asks nothing yet. */
export const openDatabase = (
  target: DatabaseTarget
): Effect.Effect<IdentityDatabase, IdentityError, Scope.Scope> =>
  Effect.acquireRelease(
    attempt("Identity.open", () => target.dialect === "sqlite" ? openSqlite(target) : openPostgres(target)),
    ({ db }) => Effect.promise(() => db.destroy())
  )
