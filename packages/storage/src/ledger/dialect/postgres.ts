/** Reads and writes the ledger on PostgreSQL: arrays as parameters, rows locked, all writes in one statement. */
import * as Effect from "effect/Effect"
import { sql } from "kysely"
import type { Columns, GivenRows, LedgerDialect, Part, Write } from "./LedgerDialect.ts"

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

/** How the rows of a statement travel. */
interface Form {
  readonly table: (given: GivenRows, firstParameter: number) => string
  readonly parameters: (given: GivenRows) => ReadonlyArray<unknown>
  /** What of the rows the text depends on. */
  readonly key: (given: GivenRows) => number
  /** How many parameters the rows take. */
  readonly width: (given: GivenRows) => number
}

/** Rows of any number, as arrays. */
const many: Form = {
  table: ({ columns }, firstParameter) => table(columns, firstParameter),
  parameters,
  key: () => 0,
  width: ({ columns }) => Object.keys(columns).length
}

/** So few rows go value by value, which is read and planned in half the time. */
const fewRows = 2

const scalar = (value: Value, type: keyof typeof types): unknown =>
  value === null || value === undefined ? null : type === "bytes" ? `\\x${value}` : String(value)

/** One row or two: a text for each number. */
const few: Form = {
  table: ({ columns, rows }, firstParameter) => {
    let next = firstParameter
    const row = () => `(${Object.values(columns).map((type) => `$${next++}::${types[type]}`).join(", ")})`
    return `(VALUES ${rows.map(row).join(", ")}) AS r (${Object.keys(columns).join(", ")})`
  },
  parameters: ({ columns, rows }) =>
    rows.flatMap((row) => Object.entries(columns).map(([name, type]) => scalar(row[name] ?? null, type))),
  key: ({ rows }) => rows.length,
  width: ({ columns, rows }) => rows.length * Object.keys(columns).length
}

/**
 * Locks the accounts first, passing over those that have changed or are locked by another, and counts only when it has them
 * all. So it waits for nothing but the count, and never holds that while it waits for an account.
 */
const gateOf = (form: Form, decidedOn: GivenRows): string =>
  `locked AS MATERIALIZED (
    SELECT a.id FROM ${form.table(decidedOn, 3)} CROSS JOIN LATERAL (
      SELECT x.id FROM account AS x WHERE x.id = r.id AND x.version = r.version AND x.state = 1 FOR UPDATE SKIP LOCKED
    ) AS a
  ), counted AS (
    UPDATE head SET last = last + $1::bigint
    WHERE name = 'ledger' AND (SELECT count(*) FROM locked) = $2::bigint
    RETURNING last - $1::bigint AS base
  )`

/** Parts share the parameters: the gate has the first, and each part goes on where the one before ended. */
const statementOf = (form: Form, decidedOn: GivenRows, parts: ReadonlyArray<Part>): string => {
  let next = 3 + form.width(decidedOn)
  const clauses = parts.map((part) => {
    const clause = `${part.name} AS (${part.text(`${form.table(part, next)} CROSS JOIN counted`, "counted.base")})`
    next += form.width(part)
    return clause
  })
  return `WITH ${[gateOf(form, decidedOn), ...clauses].join(", ")} SELECT base FROM counted`
}

/** There are as many texts as there are combinations of parts, and of few rows in them: some dozens. */
const makeWrite = (): Write => {
  const texts = new Map<string, string>()
  return (client, writing) => {
    const { count, parts } = writing
    const decidedOn = { columns: gateColumns, rows: writing.decidedOn }
    const given = [decidedOn, ...parts]
    const form = given.every(({ rows }) => rows.length <= fewRows) ? few : many
    const key = `${form.key(decidedOn)} ${parts.map((part) => `${part.name} ${form.key(part)}`).join(" ")}`
    const text = texts.get(key) ?? statementOf(form, decidedOn, parts)
    texts.set(key, text)
    const values = [count, BigInt(writing.decidedOn.length), ...given.flatMap(form.parameters)]
    return Effect.map(client.unsafe<{ readonly base: bigint }>(text, values), ([row]) => row?.base)
  }
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
