/** Holds rows that were read until they are decided on. */
import { type RawBuilder, sql } from "kysely"
import type { DialectName } from "../Dialect.ts"

/** Ends a SELECT so that its rows, in its order, stay as they are until the transaction ends. SQLite has locked the whole file. */
export const heldRows: Readonly<Record<DialectName, RawBuilder<unknown>>> = {
  sqlite: sql``,
  postgres: sql`FOR UPDATE`
}
