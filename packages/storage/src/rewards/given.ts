/** Lets a statement select from rows that it is given. */
import { type RawBuilder, sql } from "kysely"
import type { DialectName } from "../Dialect.ts"
import { type ColumnTypes, givenRows } from "../dialect/givenRows.ts"

/**
 * Begins a SELECT with a table `given` of these rows. On SQLite its integers are texts until they are inserted: compare
 * its texts only.
 */
export const withGiven = <Row extends object>(
  dialect: DialectName,
  columns: ColumnTypes<Row>,
  rows: ReadonlyArray<Row>
): RawBuilder<unknown> => {
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)))
  return sql`WITH given (${names}) AS (${givenRows[dialect](columns, rows)})`
}
