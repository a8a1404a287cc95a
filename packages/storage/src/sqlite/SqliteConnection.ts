/** Runs statements on the one connection to a SQLite file. */
import type Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import type { Connection, Row } from "effect/sql/SqlConnection"
import { classifySqliteError, SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { inDoubt } from "../failures.ts"

type Statement = Sqlite.Statement<Array<unknown>, Row>
type Rows = ReadonlyArray<never>
type Transform = Parameters<Connection["execute"]>[2]

const keptStatements = 256

const bind = (value: unknown): unknown => {
  if (value === undefined) return null
  if (typeof value === "boolean") return value ? 1n : 0n
  if (value instanceof Date) return value.toISOString()
  if (!(value instanceof Uint8Array) || Buffer.isBuffer(value)) return value
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

/** A write-ahead log that could not be forced to disk may still be found whole after a crash. */
const failure = (cause: unknown, text: string): SqlError =>
  text === "COMMIT" && String((cause as { readonly code?: unknown }).code).startsWith("SQLITE_IOERR")
    ? inDoubt(cause, text)
    : new SqlError({
      reason: classifySqliteError(cause, { message: "SQLite refused a statement", operation: "execute" })
    })

/** Keeps the statements used last; a Map remembers the order of insertion. */
const makePrepare = (database: Sqlite.Database) => {
  const statements = new Map<string, Statement>()
  return (text: string): Statement => {
    const statement = statements.get(text) ?? database.prepare<Array<unknown>, Row>(text)
    if (!statements.delete(text) && statements.size >= keptStatements) {
      statements.delete(statements.keys().next().value!)
    }
    statements.set(text, statement)
    return statement
  }
}

/** A connection that answers at once: a statement never leaves the current turn of the event loop. */
export const makeConnection = (database: Sqlite.Database): Connection => {
  const prepare = makePrepare(database)
  const attempt = <A>(text: string, body: (statement: Statement) => A): Effect.Effect<A, SqlError> =>
    Effect.suspend(() => {
      try {
        return Effect.succeed(body(prepare(text)))
      } catch (cause) {
        return Effect.fail(failure(cause, text))
      }
    })
  const rows = (
    text: string,
    parameters: ReadonlyArray<unknown>,
    transform: Transform
  ): Effect.Effect<Rows, SqlError> =>
    attempt(text, (statement) => {
      const values = parameters.map(bind)
      if (statement.reader) {
        const found = statement.raw(false).all(...values)
        return (transform === undefined ? found : transform(found)) as Rows
      }
      statement.run(...values)
      return []
    })
  const values = (text: string, parameters: ReadonlyArray<unknown>) =>
    attempt(
      text,
      (statement) =>
        statement.raw(true).all(...parameters.map(bind)) as unknown as ReadonlyArray<ReadonlyArray<unknown>>
    )
  return {
    execute: rows,
    executeUnprepared: rows,
    executeRaw: (text, parameters) =>
      attempt(
        text,
        (statement) =>
          statement.reader ? statement.raw(false).all(...parameters.map(bind)) : statement.run(...parameters.map(bind))
      ),
    executeValues: values,
    executeValuesUnprepared: values,
    // An open cursor would block every other statement of the connection, so the rows are read at once.
    executeStream: (text, parameters, transform) => Stream.fromIterableEffect(rows(text, parameters, transform))
  }
}
