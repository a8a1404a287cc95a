/** Hands any number of rows to one statement whose text never changes, so that it is prepared once. */
import { type RawBuilder, sql } from "kysely"
import type { DialectName } from "../Dialect.ts"
import { hexOf } from "../hex.ts"

/** What a column holds, in the words of `Ddl`. */
export type ColumnType = "integer" | "code" | "text" | "bytes"

/** The columns of rows to insert and what they hold, in the order in which they are inserted. */
export type ColumnTypes<Row> = Readonly<Record<keyof Row & string, ColumnType>>

type Cell = bigint | string | Uint8Array | null
type Given = <Row extends object>(columns: ColumnTypes<Row>, rows: ReadonlyArray<Row>) => RawBuilder<unknown>

const namesOf = <Row extends object>(columns: ColumnTypes<Row>): ReadonlyArray<keyof Row & string> =>
  Object.keys(columns) as Array<keyof Row & string>

const cell = <Row extends object>(row: Row, name: keyof Row): Cell => row[name] as Cell

const arrayTypes: Readonly<Record<ColumnType, RawBuilder<unknown>>> = {
  integer: sql.raw("bigint[]"),
  code: sql.raw("smallint[]"),
  text: sql.raw("text[]"),
  bytes: sql.raw("bytea[]")
}

/**
 * JSON has no integers beyond 2^53 that every reader keeps, so they travel as text; the columns make numbers of them. It has
 * no bytes either: they travel as hex.
 */
const asJson = (value: Cell): string | null => {
  if (typeof value === "bigint") return String(value)
  return value instanceof Uint8Array ? hexOf(value) : value
}

const readFromJson = (type: ColumnType, index: number): string =>
  type === "bytes" ? `unhex(value ->> ${index})` : `value ->> ${index}`

/** A `SELECT` that gives the rows in their order: an array for each column on PostgreSQL, one JSON text on SQLite. */
export const givenRows: Readonly<Record<DialectName, Given>> = {
  postgres: (columns, rows) => {
    const names = namesOf(columns)
    const arrays = names.map((name) => sql`${rows.map((row) => cell(row, name))}::${arrayTypes[columns[name]]}`)
    const refs = sql.join(names.map((name) => sql.ref(name)))
    return sql`SELECT ${refs} FROM unnest(${sql.join(arrays)}) WITH ORDINALITY AS given (${refs}, place) ORDER BY place`
  },
  // Without WHERE an ON CONFLICT after it would be read as part of a join.
  sqlite: (columns, rows) => {
    const names = namesOf(columns)
    const json = JSON.stringify(rows.map((row) => names.map((name) => asJson(cell(row, name)))))
    const reads = sql.raw(names.map((name, index) => readFromJson(columns[name], index)).join(", "))
    return sql`SELECT ${reads} FROM json_each(${json}) WHERE true ORDER BY key`
  }
}
