/** Opens the database that all stores share. */
import { Transaction } from "@purser/domain/transaction"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Reactivity from "effect/reactivity/Reactivity"
import type * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import type { DatabaseRefused } from "./DatabaseRefused.ts"
import { Dialect, type DialectName } from "./Dialect.ts"
import type { PgOptions } from "./postgres/PgClient.ts"
import { Reading } from "./ReadNow.ts"
import { Snapshots } from "./Snapshots.ts"
import type { OpenOptions } from "./sqlite/openSqlite.ts"

export { type About, about, ping } from "./looks.ts"

/** What a database gives to the stores on it. */
export type Services = SqlClient | Transaction | Dialect

/** A file. Its folder is made where it is missing. */
export interface SqliteOptions {
  readonly path: string
  /** How long to wait for another process that is writing; 5,000 unless given. */
  readonly busyTimeoutMillis?: number
}

/** A server. The address may hold a password, so it is redacted. */
export interface PostgresOptions extends Partial<Omit<PgOptions, "url">> {
  readonly url: Redacted.Redacted
}

const servicesOf = (sql: SqlClient, transaction: Transaction["Service"], dialect: DialectName) =>
  Context.make(SqlClient, sql).pipe(Context.add(Transaction, transaction), Context.add(Dialect, dialect))

const sqliteDefaults: Omit<OpenOptions, "path"> = { busyTimeoutMillis: 5000 }

const postgresDefaults: Omit<PgOptions, "url"> = {
  maxConnections: 10,
  acquireTimeoutMillis: 5000,
  statementTimeoutMillis: 30_000,
  answerTimeoutMillis: 35_000,
  lockTimeoutMillis: 10_000,
  idleInTransactionTimeoutMillis: 30_000,
  applicationName: "purser"
}

/**
 * One SQLite file through one connection, and one for as long as all is verified: write-ahead log, every commit forced to disk, foreign keys checked.
 * Transactions that wait at the same moment share a commit. The driver is loaded only when the layer is built.
 */
export const layerSqlite = (options: SqliteOptions): Layer.Layer<Services, DatabaseRefused> =>
  Layer.effectContext(Effect.gen(function*() {
    const { makeSqliteClient } = yield* Effect.promise(() => import("./sqlite/SqliteClient.ts"))
    const { makeGroupCommit } = yield* Effect.promise(() => import("./sqlite/groupCommit.ts"))
    const { openSnapshot, readNow, sql } = yield* makeSqliteClient({ ...sqliteDefaults, ...options })
    return servicesOf(sql, yield* makeGroupCommit(sql), "sqlite").pipe(
      Context.add(Reading, readNow),
      Context.add(Snapshots, openSnapshot)
    )
  })).pipe(Layer.provide(Reactivity.layer))

/**
 * A PostgreSQL server through a pool, 10 connections unless told otherwise. Contended transactions run again; a COMMIT in
 * doubt never does. Fails when the server is away at the start; later absences are `Unavailable` failures of the stores.
 */
export const layerPostgres = (options: PostgresOptions): Layer.Layer<Services, DatabaseRefused> =>
  Layer.effectContext(Effect.gen(function*() {
    const { makePgClient } = yield* Effect.promise(() => import("./postgres/PgClient.ts"))
    const { makeRetrying } = yield* Effect.promise(() => import("./postgres/retryingTransaction.ts"))
    const sql = yield* makePgClient({ ...postgresDefaults, ...options })
    return servicesOf(sql, makeRetrying(sql), "postgres")
  })).pipe(Layer.provide(Reactivity.layer))
