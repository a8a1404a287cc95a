/** Brings databases of an earlier version up to date that hold books already. */
import { assert, describe, it } from "@effect/vitest"
import { LedgerArchive, LedgerLog } from "@purser/domain/ledger"
import { historyOf, play, snapshot } from "@purser/domain/ledger/testing"
import { Database, Migrations, Stores } from "@purser/storage"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import * as Stream from "effect/Stream"
import { inject } from "vitest"
import { all } from "../../src/migration/all.ts"
import { databases } from "../ledger/stores.ts"

type Row = Readonly<Record<string, unknown>>
type Rows = Readonly<Record<string, ReadonlyArray<Row>>>

const ledgerTables = ["account", "transfer", "transfer_metadata", "entry", "hold"] as const

/** What the fifth migration added to a transfer. */
const earlier = ({ leaf: _leaf, salt: _salt, ...row }: Row): Row => row

/** Books of today, as the fourth migration kept them. */
const booksOf = (seed: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    yield* play(historyOf(seed, { steps: 200, refusals: true }))
    const tables = yield* Effect.forEach(ledgerTables, (table) =>
      Effect.map(sql<Row>`SELECT * FROM ${sql(table)}`, (rows) => [table, rows.map(earlier)] as const))
    return { rows: Object.fromEntries(tables) as Rows, books: yield* snapshot }
  })

const identity = { sqlite: "", postgres: "OVERRIDING SYSTEM VALUE" } as const
type DialectName = keyof typeof identity

const writeRow = (dialect: DialectName, table: string, row: Row) =>
  SqlClient.use((sql) => {
    const columns = Object.keys(row)
    const places = columns.map((_, index) => dialect === "postgres" ? `$${index + 1}` : "?").join(", ")
    const kept = table === "account" ? identity[dialect] : ""
    return sql.unsafe(`INSERT INTO ${table} (${columns.join(", ")}) ${kept} VALUES (${places})`, Object.values(row))
  })

/** The next account takes the next number. */
const countOn = (dialect: DialectName) =>
  dialect === "sqlite"
    ? Effect.void
    : SqlClient.use((sql) => sql`SELECT setval(pg_get_serial_sequence('account', 'id'), (SELECT max(id) FROM account))`)

const write = (dialect: DialectName, rows: Rows) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    for (const table of ledgerTables) {
      yield* Effect.forEach(rows[table] ?? [], (row) => writeRow(dialect, table, row), { discard: true })
    }
    yield* countOn(dialect)
    yield* sql`UPDATE head SET last = (SELECT max(sequence) FROM transfer) WHERE name = ${"ledger"}`
  })

const addresses = {
  sqlite: Effect.map(temporaryPath, (path) => Database.layerSqlite({ path })),
  postgres: Effect.map(
    Effect.suspend(() => temporaryPostgres(inject("postgresUrl"))),
    (url) => Database.layerPostgres({ url: Redacted.make(url) })
  )
} as const

const exported = LedgerArchive.use(({ exportLines }) => Stream.runCollect(exportLines))
const rootNow = LedgerLog.use((log) => Effect.flatMap(log.size, log.root))

describe.each(["sqlite", "postgres"] as const)("PF-9 LG-9 books of an earlier version on %s", (dialect) => {
  it.live("are the same after the migrations, have a log, and go on", () =>
    Effect.gen(function*() {
      const { books, rows } = yield* Effect.provide(booksOf("filled"), databases[dialect], { local: true })
      const database = yield* addresses[dialect]
      const upgraded = Effect.gen(function*() {
        yield* Migrations.runList(all.slice(0, 4))
        yield* write(dialect, rows)
        assert.deepStrictEqual(
          yield* Migrations.run,
          all.slice(4).map(({ id, name }) => `${String(id).padStart(4, "0")}_${name}`)
        )
        const use = Effect.gen(function*() {
          assert.deepStrictEqual(yield* snapshot, books)
          const root = yield* rootNow
          yield* play(historyOf("after the upgrade", { steps: 60, refusals: true }))
          const after = yield* snapshot
          assert.deepStrictEqual(after.verification.discrepancies, [])
          assert.isAbove(after.transfers.length, books.transfers.length)
          return { root, after, lines: yield* exported, whole: yield* rootNow }
        })
        return yield* Effect.provide(use, Stores.layer)
      })
      const { after, lines, whole } = yield* Effect.provide(upgraded, database, { local: true })
      const moved = LedgerArchive.use(({ importLines }) => importLines(Stream.fromIterable(lines)))
      const elsewhere = yield* Effect.provide(
        Effect.andThen(moved, Effect.all([rootNow, snapshot])),
        databases[dialect],
        { local: true }
      )
      assert.deepStrictEqual(Buffer.from(elsewhere[0]), Buffer.from(whole))
      assert.deepStrictEqual(elsewhere[1], after)
    }), 60_000)
})
