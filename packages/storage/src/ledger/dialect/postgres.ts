/** Reads and writes the ledger on PostgreSQL: arrays as parameters, rows locked, all writes in one statement. */
import * as Effect from "effect/Effect"
import type { Columns, GivenRows, LedgerDialect, Write } from "./LedgerDialect.ts"

const types = { integer: "bigint", code: "smallint", text: "text", uuid: "uuid" } as const

const table = (columns: Columns, firstParameter: number): string => {
  const arrays = Object.values(columns).map((type, index) => `$${firstParameter + index}::${types[type]}[]`)
  return `unnest(${arrays.join(", ")}) AS r (${Object.keys(columns).join(", ")})`
}

const parameters = ({ columns, rows }: GivenRows): ReadonlyArray<unknown> =>
  Object.keys(columns).map((name) => rows.map((row) => row[name]))

const lock = "FOR UPDATE"

/**
 * LIMIT keeps the planner from making a join of it. A plan for rows of unknown number, made while the tables are small,
 * would read them whole, and be kept while they grow.
 */
const find = (ending: string): LedgerDialect["find"] => (table, alias, column) =>
  `CROSS JOIN LATERAL (SELECT * FROM ${table} AS x WHERE x.${column} = r.${column} LIMIT 1 ${ending}) AS ${alias}`

const clauseOf = ({ columns, name, text }: Write, firstParameter: number): string =>
  `${name} AS (${text(table(columns, firstParameter), "(SELECT base FROM counted)")})`

/** Parts share the parameters: $1 is the count, and each part goes on where the one before ended. */
const statementOf = (writes: ReadonlyArray<Write>): string => {
  let next = 2
  const clauses = writes.map((write) => {
    const clause = clauseOf(write, next)
    next += Object.keys(write.columns).length
    return clause
  })
  const count = "UPDATE head SET last = last + $1::bigint WHERE name = 'ledger' RETURNING last - $1::bigint AS base"
  return `WITH ${[`counted AS (${count})`, ...clauses].join(", ")} SELECT base FROM counted`
}

/** There are as many texts as there are combinations of parts: a handful. */
const makeStatements = () => {
  const texts = new Map<string, string>()
  return (writes: ReadonlyArray<Write>): string => {
    const key = writes.map(({ name }) => name).join(" ")
    const known = texts.get(key)
    if (known !== undefined) return known
    const text = statementOf(writes)
    texts.set(key, text)
    return text
  }
}

/** One statement takes the row that counts transfers and writes everything, so that it is held for one round trip and COMMIT. */
export const postgres = (): LedgerDialect => {
  const statements = makeStatements()
  return {
    uuid: { encode: (id) => id, decode: (stored) => stored as string },
    table,
    parameters,
    find: find(""),
    findAndLock: find(lock),
    lock,
    write: (sql, writes, count) =>
      Effect.map(
        sql.unsafe<{ readonly base: bigint }>(statements(writes), [count, ...writes.flatMap(parameters)]),
        ([row]) => row!.base
      ),
    beginSnapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
  }
}
