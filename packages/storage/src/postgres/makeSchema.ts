/** Makes the schema that holds the tables, where a database is shared with tables of others. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import { DatabaseRefused } from "../DatabaseRefused.ts"

/** What a schema may be called: what needs no quotes anywhere. */
const isName = (schema: string): boolean => /^[a-z_][a-z0-9_]{0,62}$/u.test(schema)

const find = (sql: SqlClient, schema: string) => sql`SELECT 1 FROM pg_namespace WHERE nspname = ${schema}`

/** Several processes that start at once try to make it; only one can. */
const create = (sql: SqlClient, schema: string) =>
  Effect.catch(
    sql.unsafe(`CREATE SCHEMA IF NOT EXISTS ${schema}`),
    (error) => Effect.flatMap(find(sql, schema), (rows) => rows.length > 0 ? Effect.void : Effect.fail(error))
  )

/** Makes sure that the schema is there; a user who may not make one can be given it. */
export const makeSchema = (sql: SqlClient, schema: string): Effect.Effect<void, DatabaseRefused> =>
  Effect.flatMap(find(sql, schema), (rows) => rows.length > 0 ? Effect.void : create(sql, schema)).pipe(
    Effect.asVoid,
    Effect.mapError((cause) => new DatabaseRefused({ reason: "SchemaNotWritable", where: schema, cause }))
  )

/** Refuses a name before it gets into the options of a connection. */
export const checkSchema = (schema: string | undefined): Effect.Effect<void, DatabaseRefused> =>
  schema === undefined || isName(schema)
    ? Effect.void
    : Effect.fail(new DatabaseRefused({ reason: "SchemaNotAName", where: schema }))
