/** Opens the two databases that the bench fills: each new, and gone when the scope ends. */
import type { LedgerLog, LedgerStore } from "@purser/domain/ledger"
import { Database, Migrations, Stores } from "@purser/storage"
import Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client, type QueryResultRow } from "pg"
import { startPostgres } from "../../../scripts/testing/postgresServer.ts"
import type { History } from "./history.ts"
import { seedPostgres } from "./seedPostgres.ts"
import { seedSqlite } from "./seedSqlite.ts"

/** A database to fill. */
export interface Ground {
  readonly name: string
  /** Adds so many transfers while nobody has the ledger open. */
  readonly seed: (history: History, count: number) => Promise<void>
  /** Opens the ledger on it. */
  readonly layer: Layer.Layer<LedgerStore | LedgerLog>
  readonly bytes: () => Promise<number>
  /** How many spans and tiles of the log are written, which follow the postings. */
  readonly followed: () => Promise<{ readonly spans: number; readonly tiles: number }>
}

const opened = (database: Layer.Layer<Database.Services, unknown>): Layer.Layer<LedgerStore | LedgerLog> =>
  Layer.orDie(
    Layer.provide(Stores.layer, Layer.provideMerge(Layer.effectDiscard(Migrations.run), database))
  )

const migrated = (ground: Omit<Ground, "seed">, seed: Ground["seed"]): Ground => {
  let isMigrated = false
  return {
    ...ground,
    seed: async (history, count) => {
      if (!isMigrated) await Effect.runPromise(Effect.scoped(Layer.build(Layer.fresh(ground.layer))))
      isMigrated = true
      await seed(history, count)
    }
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

const followedText = `SELECT (SELECT count(*) FROM span WHERE level = 0) AS spans,
  (SELECT count(*) FROM tile WHERE level = 0) AS tiles`

const sqlite: Effect.Effect<Ground, never, Scope.Scope> = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "purser-growth-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  ),
  (folder) => {
    const path = join(folder, "ledger.sqlite")
    return migrated(
      {
        name: "sqlite",
        layer: opened(Database.layerSqlite({ path })),
        bytes: async () => sizeOf(path) + sizeOf(`${path}-wal`),
        followed: async () => {
          const database = new Sqlite(path, { readonly: true })
          const row = database.prepare<[], { readonly spans: number; readonly tiles: number }>(followedText).get()!
          database.close()
          return row
        }
      },
      async (history, count) => seedSqlite(path, history, count)
    )
  }
)

const ask = async <Row extends QueryResultRow>(url: string, text: string): Promise<ReadonlyArray<Row>> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const postgres: Effect.Effect<Ground, never, Scope.Scope> = Effect.gen(function*() {
  const { url } = yield* Effect.acquireRelease(
    Effect.promise(() => startPostgres("durable")),
    ({ stop }) => Effect.promise(stop)
  )
  yield* Effect.promise(async () => {
    await ask(url, "ALTER SYSTEM SET max_wal_size = '8GB'")
    await ask(url, "SELECT pg_reload_conf()")
  })
  return migrated(
    {
      name: "postgres",
      layer: opened(Database.layerPostgres({ url: Redacted.make(url) })),
      bytes: async () => {
        const [row] = await ask<{ readonly bytes: string }>(
          url,
          "SELECT pg_database_size(current_database()) - (SELECT pg_database_size(oid) FROM pg_database WHERE datname = 'template0') AS bytes"
        )
        return Number(row?.bytes)
      },
      followed: async () => {
        const [row] = await ask<{ readonly spans: string; readonly tiles: string }>(url, followedText)
        return { spans: Number(row?.spans), tiles: Number(row?.tiles) }
      }
    },
    (history, count) => seedPostgres(url, history, count)
  )
})

/** Both by name. */
export const grounds = { sqlite, postgres } as const
