/** Runs SQL on one better-sqlite3 connection: every commit on disk, every integer a bigint. */
import Database from "better-sqlite3"
import * as Effect from "effect/Effect"
import { Reactivity } from "effect/reactivity/Reactivity"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import * as SqlError from "effect/sql/SqlError"
import * as Statement from "effect/sql/Statement"
import * as Stream from "effect/Stream"

/** Where the file is (`:memory:` for none) and how long to wait for another process that writes. */
export interface SqliteOptions {
  readonly path: string
  readonly busyTimeoutMillis?: number
}

const keptStatements = 512

/** better-sqlite3 takes numbers, bigints, texts, buffers and null. */
const bind = (value: unknown): unknown => {
  if (typeof value === "boolean") return value ? 1n : 0n
  if (value === undefined) return null
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value
}

const failure = (cause: unknown, operation: string): SqlError.SqlError =>
  new SqlError.SqlError({
    reason: SqlError.classifySqliteError(cause, { message: `sqlite ${operation} failed`, operation })
  })

/** WAL commits are only on disk with `synchronous = FULL`: the driver's own build falls back to NORMAL. */
const open = ({ busyTimeoutMillis = 5000, path }: SqliteOptions): Database.Database => {
  const database = new Database(path, { timeout: busyTimeoutMillis })
  try {
    database.defaultSafeIntegers(true)
    database.pragma("journal_mode = WAL")
    database.pragma("synchronous = FULL")
    database.pragma("foreign_keys = ON")
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

type Prepared = Database.Statement<Array<unknown>, unknown>

/** Keeps prepared statements, the least recently used go first. */
const preparing = (database: Database.Database) => {
  const kept = new Map<string, Prepared>()
  return (text: string): Prepared => {
    const statement = kept.get(text) ?? database.prepare<Array<unknown>, unknown>(text)
    kept.delete(text)
    if (kept.size >= keptStatements) kept.delete(kept.keys().next().value ?? "")
    kept.set(text, statement)
    return statement
  }
}

type Mode = "rows" | "values" | "raw"

const connectionOf = (database: Database.Database): Connection => {
  const prepare = preparing(database)
  const run = (text: string, parameters: ReadonlyArray<unknown>, mode: Mode): unknown => {
    const statement = prepare(text)
    const values = parameters.map(bind)
    if (!statement.reader) {
      const result = statement.run(...values)
      return mode === "raw" ? result : []
    }
    statement.raw(mode === "values")
    return statement.all(...values)
  }
  // The interface of the library is untyped here: rows are whatever the statement gives.
  const execute = (
    text: string,
    parameters: ReadonlyArray<unknown>,
    mode: Mode
  ): Effect.Effect<never, SqlError.SqlError> =>
    Effect.try({ try: () => run(text, parameters, mode) as never, catch: (cause) => failure(cause, "execute") })
  const transformed: Connection["execute"] = (text, parameters, transform) =>
    transform === undefined
      ? execute(text, parameters, "rows")
      : Effect.map(execute(text, parameters, "rows"), transform)
  return {
    execute: transformed,
    executeRaw: (text, parameters) => execute(text, parameters, "raw"),
    executeValues: (text, parameters) => execute(text, parameters, "values"),
    executeValuesUnprepared: (text, parameters) => execute(text, parameters, "values"),
    executeUnprepared: transformed,
    // An open cursor would block every other statement of the connection.
    executeStream: (text, parameters, transform) => Stream.fromIterableEffect(transformed(text, parameters, transform))
  }
}

/** A client on one connection. Statements and whole transactions take turns. */
export const makeSqliteClient = (
  options: SqliteOptions
): Effect.Effect<SqlClient.SqlClient, SqlError.SqlError, Scope.Scope | Reactivity> =>
  Effect.gen(function*() {
    const database = yield* Effect.acquireRelease(
      Effect.try({ try: () => open(options), catch: (cause) => failure(cause, "open") }),
      (opened) => Effect.sync(() => opened.close())
    )
    return yield* SqlClient.make({
      ...SqlClient.makeSqliteAcquirers({
        connection: Effect.succeed(connectionOf(database)),
        semaphore: yield* Semaphore.make(1),
        isTransaction: () => database.inTransaction
      }),
      compiler: Statement.makeCompilerSqlite(),
      driver: "better-sqlite3",
      beginTransaction: "BEGIN IMMEDIATE",
      prepareTransactionControls: true,
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "sqlite"]]
    })
  })
