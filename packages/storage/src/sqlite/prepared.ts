/** Keeps the prepared statements that were used last. */
import type Sqlite from "better-sqlite3"
import type { Row } from "effect/sql/SqlConnection"

/** A prepared statement. */
export type Statement = Sqlite.Statement<Array<unknown>, Row>

const keptStatements = 256

/** Prepares by text, or gives what is kept; a Map remembers the order of insertion. */
export const makePrepare = (database: Sqlite.Database): (text: string) => Statement => {
  const statements = new Map<string, Statement>()
  return (text) => {
    const statement = statements.get(text) ?? database.prepare<Array<unknown>, Row>(text)
    if (!statements.delete(text) && statements.size >= keptStatements) {
      statements.delete(statements.keys().next().value!)
    }
    statements.set(text, statement)
    return statement
  }
}

const bindOne = (value: unknown): unknown => {
  if (value === undefined) return null
  if (typeof value === "boolean") return value ? 1n : 0n
  if (value instanceof Date) return value.toISOString()
  if (!(value instanceof Uint8Array) || Buffer.isBuffer(value)) return value
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

/** Converts parameters to what SQLite keeps. */
export const bind = (parameters: ReadonlyArray<unknown>): Array<unknown> => parameters.map(bindOne)
