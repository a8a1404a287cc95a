import { assert, describe, it } from "@effect/vitest"
import { Transaction } from "@purser/domain/transaction"
import { Database, DatabaseRefused, Migrations } from "@purser/storage"
import { temporaryPath } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql/SqlClient"
import { chmodSync, copyFileSync, existsSync, mkdirSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { start } from "../childProcess.ts"
import { failureOf } from "../onEveryStore.ts"
import { write, written } from "./scratch.ts"

const opened = (path: string) => Effect.provide(Database.about, Database.layerSqlite({ path }))

const refusedAs = (path: string) =>
  Effect.map(Effect.flip(opened(path)), (error) => {
    assert.instanceOf(error, DatabaseRefused)
    return (error as DatabaseRefused).reason
  })

/** A closed database with many pages. */
const filled = Effect.gen(function*() {
  const path = yield* temporaryPath
  const fill = SqlClient.use((sql) => sql`CREATE TABLE big AS SELECT zeroblob(50000) AS bytes`)
  yield* Effect.provide(Effect.andThen(Migrations.run, fill), Database.layerSqlite({ path }))
  return path
})

/** Root may do everything, so for a moment it is somebody else. */
const asAnybody = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  process.getuid?.() === 0
    ? Effect.acquireUseRelease(
      Effect.sync(() => process.seteuid!("nobody")),
      () => effect,
      () => Effect.sync(() => process.seteuid!(0))
    )
    : effect

const transaction = <A, E, R>(effect: Effect.Effect<A, E, R>) => Transaction.use(({ atomically }) => atomically(effect))

describe("PF-1 PF-9 files of SQLite", () => {
  it.live("makes the file and its folders", () =>
    Effect.gen(function*() {
      const path = join(dirname(yield* temporaryPath), "a", "b", "purser.db")
      const about = yield* opened(path)
      assert.deepInclude(about, { dialect: "sqlite", place: path, isDurable: true })
      assert.match(about.version, /^3\.\d+\.\d+$/u)
      assert.isTrue(existsSync(path))
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.strictEqual(statSync(dirname(path)).mode & 0o777, 0o700)
    }))

  it.live("refuses what is no database", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      writeFileSync(path, "SQLite format 4 is not a format, and this is a text of some length.".repeat(20))
      assert.strictEqual(yield* refusedAs(path), "NotADatabase")
      const folder = join(dirname(path), "folder.db")
      mkdirSync(folder)
      assert.strictEqual(yield* refusedAs(folder), "NotADatabase")
    }))

  it.live("refuses a copy that was not finished, wherever it stopped", () =>
    Effect.gen(function*() {
      const path = yield* filled
      const { size } = statSync(path)
      for (const bytes of [5, 16, 99, 100, 4095, 4096, size - 4096, size - 1]) {
        const copy = `${path}.${bytes}`
        copyFileSync(path, copy)
        truncateSync(copy, bytes)
        assert.strictEqual(yield* refusedAs(copy), "HalfWritten", `after ${bytes} bytes`)
        assert.strictEqual(statSync(copy).size, bytes)
      }
      yield* opened(path)
    }))

  it.live("refuses what would vanish with the process", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* refusedAs(":memory:"), "NotDurable")
    }))

  it.live("refuses a file that may only be read", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      writeFileSync(path, "")
      chmodSync(dirname(path), 0o777)
      chmodSync(path, 0o444)
      assert.strictEqual(yield* asAnybody(refusedAs(path)), "FileNotWritable")
    }))

  it.live("refuses a folder that can not be written or made", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      writeFileSync(path, "")
      assert.strictEqual(yield* refusedAs(join(path, "purser.db")), "FolderNotWritable")
      const closed = join(dirname(path), "closed")
      mkdirSync(closed)
      chmodSync(closed, 0o555)
      chmodSync(dirname(path), 0o755)
      assert.strictEqual(yield* asAnybody(refusedAs(join(closed, "purser.db"))), "FolderNotWritable")
    }))
})

describe("TK-11 durability of SQLite", () => {
  it.live("writes ahead and forces every commit to disk, also after the first", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const settings = Effect.gen(function*() {
        const [journal] = yield* sql.unsafe<{ journal_mode: string }>("PRAGMA journal_mode")
        const [synchronous] = yield* sql.unsafe<{ synchronous: bigint }>("PRAGMA synchronous")
        const [keys] = yield* sql.unsafe<{ foreign_keys: bigint }>("PRAGMA foreign_keys")
        return { ...journal, ...synchronous, ...keys }
      })
      const wanted = { journal_mode: "wal", synchronous: 2n, foreign_keys: 1n }
      assert.deepStrictEqual(yield* settings, wanted)
      yield* transaction(sql`CREATE TABLE note (n INTEGER PRIMARY KEY, who TEXT)`)
      yield* transaction(write(1))
      assert.deepStrictEqual(yield* settings, wanted)
      yield* Database.ping
    }).pipe(Effect.provide(Layer.unwrap(Effect.map(temporaryPath, (path) => Database.layerSqlite({ path }))))))

  it.live("waits for another process that writes, and not for ever", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      const within = <A, E>(busyTimeoutMillis: number, effect: Effect.Effect<A, E, Database.Services>) =>
        Effect.provide(effect, Database.layerSqlite({ path, busyTimeoutMillis }), { local: true })
      yield* within(5000, SqlClient.use((sql) => sql`CREATE TABLE note (n INTEGER PRIMARY KEY, who TEXT)`))
      const other = yield* start(new URL("holdLock.ts", import.meta.url), path, "500")
      yield* other.lines(1)
      assert.strictEqual(yield* failureOf(within(20, transaction(write(2)))), "Contended")
      // It reads what the other has written, and only then writes.
      const seen = yield* within(20_000, transaction(Effect.tap(written, () => write(3))))
      assert.deepStrictEqual(seen, [1])
      assert.deepStrictEqual(yield* within(5000, written), [1, 3])
    }))

  it.live("waits for another process that is turning its journal", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      const opened = (busyTimeoutMillis: number) =>
        Effect.exit(Effect.scoped(Layer.build(Database.layerSqlite({ path, busyTimeoutMillis }))))
      const other = yield* start(new URL("beginFile.ts", import.meta.url), path, "500")
      yield* other.lines(1)
      assert.isTrue(Exit.isFailure(yield* opened(20)))
      assert.isTrue(Exit.isSuccess(yield* opened(20_000)))
    }))

  it.live("says so when it is closed", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      const context = yield* Effect.scoped(Layer.build(Database.layerSqlite({ path })))
      const after = <A, E>(effect: Effect.Effect<A, E, Database.Services>) =>
        failureOf(Effect.provideContext(effect, context))
      assert.strictEqual(yield* after(Database.ping), "Unavailable")
      assert.strictEqual(yield* after(transaction(Effect.void)), "Unavailable")
    }))
})
