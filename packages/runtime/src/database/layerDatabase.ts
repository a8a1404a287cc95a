/** Chooses the database of an installation, and brings it up to date where that is wanted. */
import type { StorageError } from "@purser/domain/transaction"
import { Database, type DatabaseRefused, type MigrationRefused, Migrations, Stores } from "@purser/storage"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"

type DatabaseChoice = Pick<Settings, "database" | "databaseConnections" | "serviceName" | "workerAddress">

/** The database has tables of an older version. `pending` names the migrations that `purser migrate` would run. */
export class DatabaseOutdated
  extends Data.TaggedError("DatabaseOutdated")<{ readonly pending: ReadonlyArray<string> }>
{
  override get message(): string {
    return `the database is not up to date (${this.pending.join(", ")}): run purser migrate`
  }
}

/** Why the books could not be opened. */
export type OpenRefused = DatabaseRefused | MigrationRefused | StorageError

/** Below the time after which another worker takes over, so that a frozen one does not hold its successor back. */
const idleInTransactionAmongWorkersMillis = 5000

/** The database as it is. */
export const layerDatabase = (settings: DatabaseChoice): Layer.Layer<Database.Services, DatabaseRefused> => {
  const { database, databaseConnections: maxConnections, serviceName: applicationName } = settings
  return database.dialect === "sqlite"
    ? Database.layerSqlite({ path: database.path })
    : Database.layerPostgres({
      url: database.url,
      maxConnections,
      applicationName,
      ...settings.workerAddress === null
        ? {}
        : { idleInTransactionTimeoutMillis: idleInTransactionAmongWorkersMillis }
    })
}

const migrateFirst = Layer.effectDiscard(
  Effect.flatMap(
    Migrations.run,
    (ran) => ran.length === 0 ? Effect.void : Effect.logInfo(`migrated the database: ${ran.join(", ")}`)
  )
)

const requireCurrent = Layer.effectDiscard(Effect.flatMap(Migrations.status, (states) => {
  const pending = states.filter(({ appliedAtMillis }) => appliedAtMillis === null).map(({ label }) => label)
  return pending.length === 0 ? Effect.void : Effect.fail(new DatabaseOutdated({ pending }))
}))

/** Every store and the database below, migrated before anybody reads: for programs that serve. */
export const layerBooks = (settings: DatabaseChoice) =>
  Stores.layer.pipe(Layer.provideMerge(Layer.provideMerge(migrateFirst, layerDatabase(settings))))

/** The same without migrating: for programs that look. Refuses a database that is not up to date. */
export const layerBooksAsTheyAre = (settings: DatabaseChoice) =>
  Stores.layer.pipe(Layer.provideMerge(Layer.provideMerge(requireCurrent, layerDatabase(settings))))
