/** Reads and writes the ledger on PostgreSQL: arrays as parameters, rows locked, all writes in one statement. */
import * as Effect from "effect/Effect"
import { sql } from "kysely"
import type { Columns, GivenRows, LedgerDialect, Part, Write, Writing } from "./LedgerDialect.ts"

const types = { integer: "bigint", code: "smallint", text: "text", uuid: "uuid", bytes: "bytea" } as const

/**
 * OFFSET hides from the planner how many rows a call has. Otherwise it prices plans of its own for each call below the one
 * that it could keep, and plans anew each time, which takes longer than the work. The arrays are unnested side by side in a
 * SELECT, which hands on row by row; in FROM each would be stored first, which costs as much again as the rest.
 */
const table = (columns: Columns, firstParameter: number): string => {
  const names = Object.keys(columns)
  const arrays = Object.values(columns).map((type, index) =>
    `$${firstParameter + index}::${types[type]}[] AS ${names[index]}`
  )
  return `(SELECT ${names.map((name) => `unnest(given.${name}) AS ${name}`).join(", ")}
    FROM (SELECT ${arrays.join(", ")} OFFSET 0) AS given) AS r`
}

type Value = GivenRows["rows"][number][string]

/** What would end an element of an array, or be read as something else. */
const special = /[",{}\\\s]|^$|^null$/iu

const quoted = (value: Value): string => {
  const text = String(value)
  return special.test(text) ? `"${text.replaceAll("\\", "\\\\").replaceAll("\"", "\\\"")}"` : text
}

/** How an element of an array is written. Only texts can hold what has to be quoted. */
const writers: Readonly<Record<keyof typeof types, (value: Value) => string>> = {
  integer: String,
  code: String,
  uuid: String,
  text: quoted,
  bytes: (hex) => `"\\\\x${hex}"`
}

const asArray = (rows: GivenRows["rows"], name: string, write: (value: Value) => string): string => {
  let elements = ""
  for (const row of rows) {
    const value = row[name]
    const element = value === null || value === undefined ? "NULL" : write(value)
    elements += elements === "" ? element : `,${element}`
  }
  return `{${elements}}`
}

const parameters = ({ columns, rows }: GivenRows): ReadonlyArray<unknown> =>
  Object.entries(columns).map(([name, type]) => asArray(rows, name, writers[type]))

const lock = "FOR UPDATE"

/**
 * LIMIT keeps the planner from making a join of it. A plan for rows of unknown number, made while the tables are small,
 * would read them whole, and be kept while they grow.
 */
const find = (ending: string): LedgerDialect["find"] => (table, alias, column) =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} AS x WHERE x.${column} = r.${column} LIMIT 1 ${ending}) AS ${alias}`

const gateColumns = { id: "integer", version: "integer" } as const

/**
 * Locks the accounts first, passing over those that have changed or are locked by another, and counts only when it has them
 * all. So it waits for nothing but the count, and never holds that while it waits for an account.
 */
const gate = `locked AS MATERIALIZED (
    SELECT a.id FROM ${table(gateColumns, 2)} CROSS JOIN LATERAL (
      SELECT x.id FROM account AS x WHERE x.id = r.id AND x.version = r.version AND x.state = 1 FOR UPDATE SKIP LOCKED
    ) AS a
  ), counted AS (
    UPDATE head SET last = last + $1::bigint
    WHERE name = 'ledger' AND (SELECT count(*) FROM locked) = cardinality($2::bigint[])
    RETURNING last - $1::bigint AS base
  )`

const clauseOf = ({ columns, name, text }: Part, firstParameter: number): string =>
  `${name} AS (${text(`${table(columns, firstParameter)} CROSS JOIN counted`, "counted.base")})`

/** Parts share the parameters: the gate has the first, and each part goes on where the one before ended. */
const statementOf = (parts: ReadonlyArray<Part>): string => {
  let next = 2 + Object.keys(gateColumns).length
  const clauses = parts.map((part) => {
    const clause = clauseOf(part, next)
    next += Object.keys(part.columns).length
    return clause
  })
  return `WITH ${[gate, ...clauses].join(", ")} SELECT base FROM counted`
}

const parametersOf = ({ count, decidedOn, parts }: Writing): ReadonlyArray<unknown> => [
  count,
  ...parameters({ columns: gateColumns, rows: decidedOn }),
  ...parts.flatMap(parameters)
]

/** There are as many texts as there are combinations of parts: a handful. */
const makeWrite = (): Write => {
  const texts = new Map<string, string>()
  const textOf = (parts: ReadonlyArray<Part>): string => {
    const key = parts.map(({ name }) => name).join(" ")
    const text = texts.get(key) ?? statementOf(parts)
    texts.set(key, text)
    return text
  }
  return (client, writing) =>
    Effect.map(
      client.unsafe<{ readonly base: bigint }>(textOf(writing.parts), parametersOf(writing)),
      ([row]) => row?.base
    )
}

/** Column and sequence are compared and sorted together, so that no other index fits. */
const alongIndex: LedgerDialect["alongIndex"] = ({ after, also, column, upTo, value, way }) =>
  sql`SELECT sequence FROM transfer
    WHERE (${sql.ref(column)}, sequence) > (${value}, ${after}) AND (${
    sql.ref(column)
  }, sequence) <= (${value}, ${upTo})
      AND ${also}
    ORDER BY ${sql.ref(column)} ${way}, sequence ${way}`

/** One statement counts and writes everything, so that the count is held for one round trip and COMMIT. */
export const postgres = (): LedgerDialect => {
  const write = makeWrite()
  return {
    uuid: { encode: (id) => id, decode: (stored) => stored as string },
    table,
    parameters,
    find: find(""),
    findAndLock: find(lock),
    alongIndex,
    eachFirst: (query) => ({ join: sql`CROSS JOIN LATERAL (${query}) AS x`, sequence: sql`x.sequence` }),
    joinedBytes: (column, order) => `string_agg(${column}, ''::bytea ORDER BY ${order})`,
    lock,
    write,
    writeAtOnce: write,
    beginSnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
  }
}
