/** Compares a column with a list of values through one parameter, so that no list is too long. */
import { type RawBuilder, sql, type SqlBool } from "kysely"
import type { DialectName } from "../Dialect.ts"
import { bytesOf } from "../hex.ts"

type Among<Value> = (column: string, values: ReadonlyArray<Value>) => RawBuilder<SqlBool>

/** True where the column is one of the texts. */
export const amongTexts: Readonly<Record<DialectName, Among<string>>> = {
  sqlite: (column, values) => sql`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`,
  postgres: (column, values) => sql`${sql.ref(column)} = ANY(${values}::text[])`
}

/** True where the column is one of the integers. */
export const amongIntegers: Readonly<Record<DialectName, Among<bigint>>> = {
  sqlite: (column, values) => sql`${sql.ref(column)} IN (SELECT value FROM json_each(${`[${values.join(",")}]`}))`,
  postgres: (column, values) => sql`${sql.ref(column)} = ANY(${values}::bigint[])`
}

/** True where the column is one of the byte strings, given in hex. */
export const amongBytes: Readonly<Record<DialectName, Among<string>>> = {
  sqlite: (column, values) =>
    sql`${sql.ref(column)} IN (SELECT unhex(value) FROM json_each(${JSON.stringify(values)}))`,
  postgres: (column, values) => sql`${sql.ref(column)} = ANY(${values.map(bytesOf)}::bytea[])`
}

/** A list as one parameter, for a query that is compiled once and asked with many lists; goes into `amongListed`. */
export const listed: Readonly<Record<DialectName, (values: ReadonlyArray<string>) => unknown>> = {
  sqlite: JSON.stringify,
  postgres: (values) => values
}

/** True where the column is one of the texts of a list that `listed` made. */
export const amongListed: Readonly<Record<DialectName, (column: string, list: unknown) => RawBuilder<SqlBool>>> = {
  sqlite: (column, list) => sql`${sql.ref(column)} IN (SELECT value FROM json_each(${list}))`,
  postgres: (column, list) => sql`${sql.ref(column)} = ANY(${list}::text[])`
}
