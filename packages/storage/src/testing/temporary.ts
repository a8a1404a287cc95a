/** Makes migrated databases for tests, which vanish with their scope. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import * as Database from "../Database.ts"
import * as Migrations from "../migration/Migrations.ts"

/** Brings the database of a layer up to date before anybody else sees it. */
const migrated = <E>(database: Layer.Layer<Database.Services, E>): Layer.Layer<Database.Services> =>
  Layer.orDie(Layer.provideMerge(Layer.effectDiscard(Migrations.run), database))

/** A path in a folder of its own, which goes with the scope. */
export const temporaryPath = Effect.map(
  Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "purser-storage-"))),
    (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
  ),
  (folder) => join(folder, "purser.db")
)

/** A migrated SQLite file of its own. */
export const layerSqliteTemporary: Layer.Layer<Database.Services> = Layer.unwrap(
  Effect.map(temporaryPath, (path) => migrated(Database.layerSqlite({ path })))
)

const execute = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The address of an empty database of its own on the server at `url`; it goes with the scope, open connections too. */
export const temporaryPostgres = (url: string) => {
  const name = `storage_${randomBytes(8).toString("hex")}`
  const target = new URL(url)
  target.pathname = `/${name}`
  return Effect.as(
    Effect.acquireRelease(
      Effect.promise(() => execute(url, `CREATE DATABASE ${name}`)),
      () => Effect.promise(() => execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    ),
    target.href
  )
}

/** A migrated PostgreSQL database of its own on the server at `url`, where the user may create databases. */
export const layerPostgresTemporary = (url: string): Layer.Layer<Database.Services> =>
  Layer.unwrap(
    Effect.map(temporaryPostgres(url), (own) => migrated(Database.layerPostgres({ url: Redacted.make(own) })))
  )
