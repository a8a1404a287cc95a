/** Brings a database up to date, forward only. */
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { BeginTransaction, SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { Dialect, type DialectName } from "../Dialect.ts"
import { asStorageError } from "../failures.ts"
import { AnswerTimeoutMillis } from "../postgres/AnswerTimeout.ts"
import { all } from "./all.ts"
import { ddls, label, type Migration } from "./Migration.ts"
import type { MigrationRefused } from "./MigrationRefused.ts"
import { type Found, plan } from "./plan.ts"

/** A migration as `purser migrate` shows it. `appliedAtMillis` is null while it has not run. */
export interface MigrationState {
  readonly label: string
  readonly appliedAtMillis: number | null
}

/** The database to bring up to date. */
export type Requirements = SqlClient | Dialect

type Migrating<A> = Effect.Effect<A, MigrationRefused | StorageError, Requirements>

interface AppliedRow {
  readonly id: bigint
  readonly name: string
  readonly applied_at_millis: bigint
}

/** Any number that no other program takes a lock under; these are the bytes of "purser". */
const advisoryLock = "123666816132466"

const locks: Readonly<Record<DialectName, ReadonlyArray<string>>> = {
  // BEGIN IMMEDIATE has locked the file already.
  sqlite: [],
  postgres: [
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL lock_timeout = 0",
    `SELECT pg_advisory_xact_lock(${advisoryLock})`
  ]
}

/** A migration takes as long as it takes, and so does the wait for another process that migrates: 24 days at most. */
const answerTimeoutMillis = 2 ** 31 - 1

/** Begins a look that no migration of another process can come in between. */
const snapshots: Readonly<Record<DialectName, string>> = {
  sqlite: "BEGIN",
  postgres: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
}

const tableLists: Readonly<Record<DialectName, string>> = {
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table'",
  postgres: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
}

const journal: Readonly<Record<DialectName, string>> = {
  sqlite: `CREATE TABLE migration (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_millis INTEGER NOT NULL
  ) STRICT`,
  postgres: `CREATE TABLE migration (
    id bigint PRIMARY KEY, name text NOT NULL, applied_at_millis bigint NOT NULL
  )`
}

const runEach = (sql: SqlClient, statements: ReadonlyArray<string>): Effect.Effect<void, SqlError> =>
  Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })

const find = (sql: SqlClient, dialect: DialectName) =>
  Effect.gen(function*() {
    const tables = (yield* sql.unsafe<{ readonly name: string }>(tableLists[dialect])).map(({ name }) => name)
    const rows = tables.includes("migration")
      ? yield* sql.unsafe<AppliedRow>("SELECT id, name, applied_at_millis FROM migration ORDER BY id")
      : []
    return { rows, found: { tables, applied: rows.map(({ id, name }) => ({ id: Number(id), name })) } satisfies Found }
  })

const runOne = (sql: SqlClient, dialect: DialectName, migration: Migration) =>
  Effect.gen(function*() {
    yield* runEach(sql, migration.statements(ddls[dialect]))
    const atMillis = BigInt(yield* Clock.currentTimeMillis)
    yield* sql`INSERT INTO migration (id, name, applied_at_millis) VALUES (${migration.id}, ${migration.name}, ${atMillis})`
    return label(migration)
  })

/** Runs a list of migrations of one's own: for tests of migrations. See `run`. */
export const runList = (migrations: ReadonlyArray<Migration>): Migrating<ReadonlyArray<string>> =>
  Effect.gen(function*() {
    const sql = yield* SqlClient
    const dialect = yield* Dialect
    const migrate = Effect.gen(function*() {
      yield* runEach(sql, locks[dialect])
      const { found } = yield* find(sql, dialect)
      const pending = yield* Effect.fromResult(plan(migrations, ddls[dialect], found))
      if (!found.tables.includes("migration")) yield* sql.unsafe(journal[dialect])
      return yield* Effect.forEach(pending, (migration) => runOne(sql, dialect, migration))
    })
    return yield* asStorageError("Migrations.run")(sql.withTransaction(migrate))
  }).pipe(Effect.provideService(AnswerTimeoutMillis, answerTimeoutMillis))

/**
 * Runs what has not run yet, in one transaction under a lock, so that several processes can start at once; answers with
 * the labels of what ran. Refuses by name what can not be right, and then changes nothing.
 */
export const run: Migrating<ReadonlyArray<string>> = runList(all)

/** Every migration of this program and when it ran. Refuses as `run` does, and changes nothing. */
export const status: Migrating<ReadonlyArray<MigrationState>> = Effect.gen(function*() {
  const sql = yield* SqlClient
  const dialect = yield* Dialect
  const { found, rows } = yield* asStorageError("Migrations.status")(
    Effect.provideService(sql.withTransaction(find(sql, dialect)), BeginTransaction, snapshots[dialect])
  )
  yield* Effect.fromResult(plan(all, ddls[dialect], found))
  const appliedAt = new Map(rows.map((row) => [Number(row.id), Number(row.applied_at_millis)]))
  return all.map((migration) => ({ label: label(migration), appliedAtMillis: appliedAt.get(migration.id) ?? null }))
})
