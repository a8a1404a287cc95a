/** Provides the whole ledger on a database, in one layer, to programs that want nothing else of Purser. */
import { Ledger, type LedgerArchive, type LedgerLog, type LedgerStore } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import * as Layer from "effect/Layer"
import * as Database from "../Database.ts"
import type { DatabaseRefused } from "../DatabaseRefused.ts"
import type { MigrationRefused } from "../migration/MigrationRefused.ts"
import * as Migrations from "../migration/Migrations.ts"
import { layer as layerArchive } from "./archive/LedgerArchiveSql.ts"
import { layer as layerStore } from "./LedgerStoreSql.ts"
import { layer as layerLog } from "./log/LedgerLogSql.ts"

/** The use cases, the store, its verifiable log, what moves it, and the database below for tables of one's own. */
export type Services = Ledger | LedgerArchive | LedgerLog | LedgerStore | Database.Services

/** Why a ledger does not open. */
export type Refused = DatabaseRefused | MigrationRefused | StorageError

const alone = (database: Layer.Layer<Database.Services, DatabaseRefused>): Layer.Layer<Services, Refused> =>
  Layer.mergeAll(Ledger.layer, layerArchive, layerLog).pipe(
    Layer.provideMerge(layerStore),
    Layer.provideMerge(Layer.effectDiscard(Migrations.run)),
    Layer.provideMerge(database)
  )

/**
 * The ledger in one SQLite file, made and brought up to date where that is needed. See `Database.layerSqlite`.
 *
 * @example
 * Effect.provide(program, layerSqlite({ path: "ledger.sqlite" }))
 */
export const layerSqlite = (options: Database.SqliteOptions): Layer.Layer<Services, Refused> =>
  alone(Database.layerSqlite(options))

/**
 * The ledger on a PostgreSQL server, brought up to date where that is needed; several processes can start at once. In a
 * database that holds other tables too, give it a schema. See `Database.layerPostgres`.
 *
 * @example
 * Effect.provide(program, layerPostgres({ url: Redacted.make(url), schema: "ledger" }))
 */
export const layerPostgres = (options: Database.PostgresOptions): Layer.Layer<Services, Refused> =>
  alone(Database.layerPostgres(options))
