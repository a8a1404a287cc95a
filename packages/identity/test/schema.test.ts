/** Compares the tables that better-auth wants with those of the migrations. */
import { assert } from "@effect/vitest"
import { Dialect } from "@purser/storage"
import { getMigrations } from "better-auth/db/migration"
import Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Kysely, PostgresDialect, SqliteDialect } from "kysely"
import { Pool } from "pg"
import { schemaOptions } from "../src/login/Library.ts"
import { onBothDatabases, Options } from "./support/stage.ts"

const open = Effect.map(Options, ({ database }) =>
  new Kysely<unknown>({
    dialect: database.dialect === "sqlite"
      ? new SqliteDialect({ database: new Sqlite(database.path) })
      : new PostgresDialect({ pool: new Pool({ connectionString: Redacted.value(database.url), max: 1 }) })
  }))

onBothDatabases("RW-1 the schema of sign-in", (it) => {
  it.effect("is what the library wants, and nothing is missing", () =>
    Effect.gen(function*() {
      const type = yield* Dialect
      const db = yield* Effect.acquireRelease(open, (db) => Effect.promise(() => db.destroy()))
      const plan = yield* Effect.promise(() => getMigrations({ ...schemaOptions, database: { db, type } }))
      const { schemaProblems, toBeAdded, toBeAddedIndexes, toBeCreated, unsafeChanges } = plan
      assert.deepStrictEqual(
        { schemaProblems, toBeAdded, toBeAddedIndexes, toBeCreated, unsafeChanges },
        { schemaProblems: [], toBeAdded: [], toBeAddedIndexes: [], toBeCreated: [], unsafeChanges: [] } as never
      )
      assert.strictEqual(yield* Effect.promise(() => plan.compileMigrations()), ";")
    }))

  it.effect("is missed when it is not there", () =>
    Effect.gen(function*() {
      const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Sqlite(":memory:") }) })
      const plan = yield* Effect.promise(() => getMigrations({ ...schemaOptions, database: { db, type: "sqlite" } }))
      assert.sameMembers(plan.toBeCreated.map(({ table }) => table), [
        "identity_user",
        "identity_session",
        "identity_account",
        "identity_verification"
      ])
      yield* Effect.promise(() => db.destroy())
    }))
})
