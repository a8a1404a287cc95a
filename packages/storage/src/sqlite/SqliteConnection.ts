/** Runs statements on the one connection to a SQLite file. */
import type Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { bind, makePrepare, type Statement } from "./prepared.ts"
import { sqliteFailure } from "./sqliteFailures.ts"

type Rows = ReadonlyArray<never>
type Transform = Parameters<Connection["execute"]>[2]

const readRows = (statement: Statement, parameters: ReadonlyArray<unknown>, transform: Transform): Rows => {
  if (!statement.reader) {
    statement.run(...bind(parameters))
    return []
  }
  const found = statement.raw(false).all(...bind(parameters))
  return (transform === undefined ? found : transform(found)) as Rows
}

const readRaw = (statement: Statement, parameters: ReadonlyArray<unknown>): unknown =>
  statement.reader ? statement.raw(false).all(...bind(parameters)) : statement.run(...bind(parameters))

const readValues = (statement: Statement, parameters: ReadonlyArray<unknown>) =>
  statement.raw(true).all(...bind(parameters)) as unknown as ReadonlyArray<ReadonlyArray<unknown>>

/** A connection that answers at once: a statement never leaves the current turn of the event loop. */
export class SqliteConnection implements Connection {
  readonly #database: Sqlite.Database
  readonly #prepare: (text: string) => Statement
  #isBegun = false
  #undoneBy: SqlError | undefined = undefined

  constructor(database: Sqlite.Database) {
    this.#database = database
    this.#prepare = makePrepare(database)
  }

  /** Whether a transaction was begun and not ended, also where SQLite has undone it in between. */
  get isBegun(): boolean {
    return this.#isBegun
  }

  execute(text: string, parameters: ReadonlyArray<unknown>, transform: Transform): Effect.Effect<Rows, SqlError> {
    return this.#attempt(text, (statement) => readRows(statement, parameters, transform))
  }
  /** The rows, read before this returns; undefined while a transaction is open, whose half-done work is nobody else's. */
  readNow(text: string, parameters: ReadonlyArray<unknown>): Effect.Effect<Rows, SqlError> | undefined {
    return this.#isBegun ? undefined : this.#attemptNow(text, (statement) => readRows(statement, parameters, undefined))
  }
  executeRaw(text: string, parameters: ReadonlyArray<unknown>): Effect.Effect<unknown, SqlError> {
    return this.#attempt(text, (statement) => readRaw(statement, parameters))
  }
  executeValues(
    text: string,
    parameters: ReadonlyArray<unknown>
  ): Effect.Effect<ReadonlyArray<ReadonlyArray<unknown>>, SqlError> {
    return this.#attempt(text, (statement) => readValues(statement, parameters))
  }
  executeValuesUnprepared(
    text: string,
    parameters: ReadonlyArray<unknown>
  ): Effect.Effect<ReadonlyArray<ReadonlyArray<unknown>>, SqlError> {
    return this.executeValues(text, parameters)
  }
  /** Control statements arrive here. Undoing what SQLite has undone already is done; COMMIT tells. */
  executeUnprepared(
    text: string,
    parameters: ReadonlyArray<unknown>,
    transform: Transform
  ): Effect.Effect<Rows, SqlError> {
    return Effect.suspend(() => {
      const isDone = this.#undoneBy !== undefined && /^(?:ROLLBACK|RELEASE )/u.test(text)
      return Effect.map(isDone ? Effect.succeed([]) : this.execute(text, parameters, transform), (rows) => {
        this.#follow(text)
        return rows
      })
    })
  }
  /** An open cursor would block every other statement of the connection, so the rows are read at once. */
  executeStream(
    text: string,
    parameters: ReadonlyArray<unknown>,
    transform: Transform
  ): Stream.Stream<never, SqlError> {
    return Stream.fromIterableEffect(this.execute(text, parameters, transform))
  }

  #follow(text: string): void {
    if (text.startsWith("BEGIN")) this.#isBegun = true
    if (text !== "COMMIT" && text !== "ROLLBACK") return
    this.#isBegun = false
    this.#undoneBy = undefined
  }
  #attempt<A>(text: string, body: (statement: Statement) => A): Effect.Effect<A, SqlError> {
    return Effect.suspend(() => this.#attemptNow(text, body))
  }
  #attemptNow<A>(text: string, body: (statement: Statement) => A): Effect.Effect<A, SqlError> {
    if (this.#undoneBy !== undefined) return Effect.fail(this.#undoneBy)
    try {
      return Effect.succeed(body(this.#prepare(text)))
    } catch (cause) {
      return Effect.fail(this.#failure(cause, text))
    }
  }
  /**
   * On some errors (disk full, I/O) SQLite undoes the whole transaction by itself. What comes after would be committed
   * statement by statement, so it fails with the same error until the transaction is ended.
   */
  #failure(cause: unknown, text: string): SqlError {
    const isCommitting = text === "COMMIT" || !this.#isBegun
    const error = sqliteFailure(cause, { isOpen: this.#database.open, isCommitting })
    if (this.#isBegun && !this.#database.inTransaction) this.#undoneBy = error
    return error
  }
}
