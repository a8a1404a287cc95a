/** Reads and writes the ledger on SQLite: JSON as parameter, no locks besides the writer's, one write after the other. */
import * as Effect from "effect/Effect"
import { sql } from "kysely"
import type { Columns, GivenRows, LedgerDialect, Part, StoredUuid, Write } from "./LedgerDialect.ts"

/** JSON has no integers beyond 2^53 that every reader keeps, so they travel as text. */
const readers = {
  integer: (index: number) => `CAST(value ->> ${index} AS INTEGER)`,
  code: (index: number) => `CAST(value ->> ${index} AS INTEGER)`,
  text: (index: number) => `value ->> ${index}`,
  uuid: (index: number) => `unhex(value ->> ${index}, '-')`,
  bytes: (index: number) => `unhex(value ->> ${index})`
} as const

/** Parameters go without numbers: the driver would take those for names. */
const table = (columns: Columns): string => {
  const reads = Object.entries(columns).map(([name, type], index) => `${readers[type](index)} AS ${name}`)
  return `(SELECT ${reads.join(", ")} FROM json_each(?)) AS r`
}

const asJson = (value: bigint | string | null | undefined): string | null =>
  typeof value === "bigint" ? String(value) : value ?? null

const parameters = ({ columns, rows }: GivenRows): ReadonlyArray<unknown> => {
  const names = Object.keys(columns)
  return [JSON.stringify(rows.map((row) => names.map((name) => asJson(row[name]))))]
}

const encode = (id: string): Uint8Array => Buffer.from(id.replaceAll("-", ""), "hex")

const decode = (stored: StoredUuid): string => {
  const hex = (stored as Buffer).toString("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

/** A cross join keeps the order of its sides. */
const find: LedgerDialect["find"] = (table, alias, column) =>
  `CROSS JOIN ${table} AS ${alias} ON ${alias}.${column} = r.${column}`

const makeTextOf = () => {
  const texts = new Map<string, string>()
  return ({ columns, name, text }: Part): string => {
    const known = texts.get(name)
    if (known !== undefined) return known
    const made = text(table(columns), "(SELECT last FROM head WHERE name = 'ledger')")
    texts.set(name, made)
    return made
  }
}

const count = "UPDATE head SET last = last + ? WHERE name = 'ledger' RETURNING last - ? AS base"

/** The transaction has locked the whole file before it read the accounts, so they are what they were. */
const makeWrite = (): Write => {
  const textOf = makeTextOf()
  return (client, writing) =>
    Effect.forEach(writing.parts, (part) => client.unsafe(textOf(part), parameters(part)), { discard: true }).pipe(
      Effect.andThen(client.unsafe<{ readonly base: bigint }>(count, [writing.count, writing.count])),
      Effect.map(([row]) => row!.base)
    )
}

const alongIndex: LedgerDialect["alongIndex"] = ({ after, also, column, index, upTo, value, way }) =>
  sql`SELECT sequence FROM transfer INDEXED BY ${sql.ref(index)}
    WHERE ${
    sql.ref(column)
  } = ${value} AND sequence > ${after} AND sequence <= ${upTo} AND ${also} ORDER BY sequence ${way}`

/** Where there is one writer nothing is gained by trying without a transaction. */
export const sqlite = (): LedgerDialect => ({
  uuid: { encode, decode },
  table,
  parameters,
  find,
  findAndLock: find,
  alongIndex,
  eachFirst: (query) => ({
    join: sql`CROSS JOIN json_each((SELECT json_group_array(sequence) FROM (${query}))) AS x`,
    sequence: sql`x.value`
  }),
  joinedBytes: (column, order) => `unhex(group_concat(hex(${column}), '' ORDER BY ${order}))`,
  lock: "",
  write: makeWrite(),
  writeAtOnce: undefined,
  beginSnapshot: "BEGIN"
})
