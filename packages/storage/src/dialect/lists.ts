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
