import { assert, layer, type Vitest } from "@effect/vitest"
import { Database, MigrationRefused, Migrations } from "@purser/storage"
import { temporaryPath, temporaryPostgres } from "@purser/storage/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { SqlClient } from "effect/sql/SqlClient"
import { inject } from "vitest"
import { start } from "../childProcess.ts"
import { failureOf } from "../onEveryStore.ts"

type Migration = Parameters<typeof Migrations.runList>[0][number]
const layerOf = (address: string, options: Omit<Database.PostgresOptions, "url"> = {}) =>
  Layer.fresh(
    address.startsWith("postgres:")
      ? Database.layerPostgres({ url: Redacted.make(address), ...options })
      : Database.layerSqlite({ path: address })
  )

/** Gives empty databases: a file each time, or the one database of the block, emptied. */
class Empty
  extends Context.Service<Empty, { readonly address: Effect.Effect<string, never, Scope.Scope> }>()("Empty")
{}

const emptied = SqlClient.use((sql) => Effect.andThen(sql`DROP SCHEMA public CASCADE`, sql`CREATE SCHEMA public`))

const databases = {
  SQLite: Layer.succeed(Empty, { address: temporaryPath }),
  PostgreSQL: Layer.effect(
    Empty,
    Effect.map(
      temporaryPostgres(inject("postgresUrl")),
      (url) => ({ address: Effect.as(Effect.orDie(Effect.provide(emptied, layerOf(url))), url) })
    )
  )
}

const made = (id: number, ...statements: ReadonlyArray<string>): Migration => ({
  id,
  name: `step_${id}`,
  statements: () => statements
})

const first = made(1, "CREATE TABLE one (n INTEGER)")
const second = made(2, "CREATE TABLE two (n INTEGER)")
const third = made(3, "CREATE TABLE three (n INTEGER)")

const refusal = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(
    Effect.flip(effect),
    (error) => error instanceof MigrationRefused ? `${error.reason} ${error.subject}` : error
  )

const tables: Readonly<Record<string, string>> = {
  SQLite: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  PostgreSQL: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
}

const tell = (kind: string, it: Vitest.MethodsNonLive<Empty>): void => {
  const tableNames = SqlClient.use((sql) =>
    Effect.map(sql.unsafe<{ name: string }>(tables[kind]!), (rows) => rows.map(({ name }) => name))
  )
  /** Runs on one new database. */
  const inNew = <A, E>(effect: Effect.Effect<A, E, Database.Services>) =>
    Empty.use(({ address }) => Effect.flatMap(address, (at) => Effect.provide(effect, layerOf(at))))

  it.effect("runs everything on an empty database, and nothing the second time", () =>
    inNew(Effect.gen(function*() {
      const before = yield* Migrations.status
      assert.isTrue(before.every(({ appliedAtMillis }) => appliedAtMillis === null))
      assert.deepStrictEqual(yield* tableNames, [])
      assert.deepStrictEqual(yield* Migrations.run, before.map(({ label }) => label))
      assert.deepStrictEqual(yield* Migrations.run, [])
      assert.isTrue((yield* Migrations.status).every(({ appliedAtMillis }) => appliedAtMillis !== null))
      assert.includeMembers([...yield* tableNames], ["audit", "payment", "ticket", "transfer", "outbox"])
    })))

  it.effect("goes on from where it stopped", () =>
    inNew(Effect.gen(function*() {
      assert.deepStrictEqual(yield* Migrations.runList([first]), ["0001_step_1"])
      assert.deepStrictEqual(yield* Migrations.runList([first, second, third]), ["0002_step_2", "0003_step_3"])
      assert.deepStrictEqual(yield* tableNames, ["migration", "one", "three", "two"])
    })))

  it.effect("changes nothing when a statement fails", () =>
    inNew(Effect.gen(function*() {
      yield* Migrations.runList([first])
      const bad = made(3, "CREATE TABLE three (n INTEGER)", "INSERT INTO nowhere VALUES (1)")
      assert.strictEqual(yield* failureOf(Migrations.runList([first, second, bad])), "Broken")
      assert.deepStrictEqual(yield* tableNames, ["migration", "one"])
      assert.deepStrictEqual(yield* Migrations.runList([first, second]), ["0002_step_2"])
    })))

  it.effect("refuses an id that comes late", () =>
    inNew(Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* Migrations.runList([first, second, third])
      yield* sql`DELETE FROM migration WHERE id = 2`
      yield* sql`DROP TABLE two`
      assert.strictEqual(yield* refusal(Migrations.runList([first, second, third])), "LateMigration 0002_step_2")
      assert.deepStrictEqual(yield* tableNames, ["migration", "one", "three"])
    })))

  it.effect("refuses a gap, and another migration under an id", () =>
    inNew(Effect.gen(function*() {
      assert.strictEqual(yield* refusal(Migrations.runList([first, third])), "Gap 0003_step_3")
      yield* Migrations.runList([first])
      assert.strictEqual(yield* refusal(Migrations.runList([{ ...first, name: "other" }])), "Renamed 0001_other")
    })))

  it.effect("refuses a database that is newer than the program", () =>
    inNew(Effect.gen(function*() {
      const sql = yield* SqlClient
      const known = yield* Migrations.run
      yield* sql`INSERT INTO migration VALUES (${known.length + 1}, ${"future"}, ${0})`
      const wanted = `NewerDatabase ${String(known.length + 1).padStart(4, "0")}_future`
      assert.strictEqual(yield* refusal(Migrations.run), wanted)
      assert.strictEqual(yield* refusal(Migrations.status), wanted)
    })))

  it.effect("refuses a database of which a part is missing, or from elsewhere", () =>
    Effect.gen(function*() {
      yield* inNew(Effect.gen(function*() {
        yield* Migrations.run
        yield* SqlClient.use((sql) => sql`DROP TABLE ticket`)
        assert.strictEqual(yield* refusal(Migrations.run), "HalfWritten ticket")
        assert.strictEqual(yield* refusal(Migrations.status), "HalfWritten ticket")
      }))
      yield* inNew(Effect.gen(function*() {
        yield* SqlClient.use((sql) => sql`CREATE TABLE outbox (n INTEGER)`)
        assert.strictEqual(yield* refusal(Migrations.run), "HalfWritten outbox")
        assert.deepStrictEqual(yield* tableNames, ["outbox"])
      }))
      yield* inNew(Effect.gen(function*() {
        yield* SqlClient.use((sql) => sql`CREATE TABLE of_another_program (n INTEGER)`)
        assert.isNotEmpty(yield* Migrations.run)
      }))
    }))

  it.effect("has no table that can lose an entry of a log", () =>
    inNew(Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* Migrations.run
      yield* sql`INSERT INTO audit VALUES (1, ${"a"}, ${"b"}, ${"c"}, ${"{}"}, NULL, 0)`
      const deeds = [
        sql`UPDATE audit SET actor = ${"z"}`,
        sql`DELETE FROM audit`,
        ...kind === "SQLite" ? [] : [sql`TRUNCATE audit`]
      ]
      for (const deed of deeds) assert.strictEqual((yield* Effect.flip(deed))._tag, "SqlError")
      assert.deepStrictEqual(yield* sql`SELECT actor FROM audit`, [{ actor: "a" }])
    })))
}

const oneRanAll = (ran: ReadonlyArray<ReadonlyArray<string>>, labels: ReadonlyArray<string>): void =>
  assert.deepStrictEqual(ran.toSorted((left, right) => left.length - right.length), [[], labels])

const labelsAt = (at: string) =>
  Effect.map(Effect.provide(Migrations.status, layerOf(at)), (states) => states.map(({ label }) => label))

const tellOfProcesses = (it: Vitest.MethodsNonLive<Empty>): void => {
  it.effect("runs each migration once though two processes start at once", () =>
    Effect.gen(function*() {
      const at = yield* Effect.flatMap(Empty, ({ address }) => address)
      const program = new URL("migrateProcess.ts", import.meta.url)
      const processes = yield* Effect.all([start(program, at), start(program, at)])
      const codes = yield* Effect.forEach(processes, ({ ended }) => ended)
      assert.deepStrictEqual(codes, [0, 0], processes.map(({ printed }) => printed()).join("\n"))
      oneRanAll(processes.map(({ printed }) => JSON.parse(printed()) as ReadonlyArray<string>), yield* labelsAt(at))
    }))
}

const tellOfPools = (it: Vitest.MethodsNonLive<Empty>): void => {
  it.effect("runs each migration once though two pools start at once", () =>
    Effect.gen(function*() {
      const at = yield* Effect.flatMap(Empty, ({ address }) => address)
      const migrate = Effect.provide(Migrations.run, layerOf(at))
      oneRanAll(yield* Effect.all([migrate, migrate], { concurrency: 2 }), yield* labelsAt(at))
    }))

  it.effect("lets a migration take as long as it takes", () =>
    Effect.gen(function*() {
      const at = yield* Effect.flatMap(Empty, ({ address }) => address)
      const slow = made(1, "SELECT pg_sleep(0.6)", "CREATE TABLE one (n INTEGER)")
      const hasty = layerOf(at, { statementTimeoutMillis: 100, answerTimeoutMillis: 200, lockTimeoutMillis: 100 })
      const migrate = Effect.provide(Migrations.runList([slow]), hasty)
      assert.deepStrictEqual((yield* Effect.all([migrate, migrate], { concurrency: 2 })).flat(), ["0001_step_1"])
    }))
}

layer(databases.SQLite, { excludeTestServices: true })("PF-9 migrations on SQLite", (it) => {
  tell("SQLite", it)
  tellOfProcesses(it)
})

layer(databases.PostgreSQL, { excludeTestServices: true })("PF-9 migrations on PostgreSQL", (it) => {
  tell("PostgreSQL", it)
  tellOfPools(it)
})
