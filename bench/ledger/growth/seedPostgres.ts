/** Fills a ledger on PostgreSQL: COPY into tables without indexes, which are made after. */
import { Client } from "pg"
import { CopyIn } from "./CopyIn.ts"
import type { History } from "./history.ts"
import {
  accountRow,
  type Encoding,
  entryRows,
  holdRow,
  logTables,
  metadataRows,
  type TableName,
  tables,
  transferRow,
  type Value
} from "./rows.ts"

const batch = 5000

/** No text here has a backslash, tab or line break. */
const encode: Readonly<Record<Encoding, (value: Value) => string>> = {
  plain: (value) => value === null ? "\\N" : String(value),
  uuid: (value) => value === null ? "\\N" : String(value),
  bytes: (value) => value === null ? "\\N" : `\\\\x${value}`
}

const makeLine = (table: TableName) => {
  const encoders = Object.values<Encoding>(tables[table]).map((encoding) => encode[encoding])
  return (row: ReadonlyArray<Value>): string => row.map((value, index) => encoders[index]!(value)).join("\t")
}

const copyText = (table: TableName, into: string = table): string =>
  `COPY ${into} (${Object.keys(tables[table]).join(", ")}) FROM STDIN`

const log = logTables.map((table) => `'${table}'`).join(", ")

/** Constraints with an index of their own, and all other indexes: how to drop each and how to make it again. */
const indexesText = `
  SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, k.conname) AS dropping,
    format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS making
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relname IN (${log}) AND k.contype IN ('p', 'u')
  UNION ALL
  SELECT format('DROP INDEX %I', i.indexname), i.indexdef FROM pg_indexes i
  WHERE i.tablename IN (${log}) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname)`

const fill = async (url: string, history: History, count: number): Promise<void> => {
  const copies = await Promise.all(logTables.map((table) => CopyIn.begin(url, copyText(table))))
  const [transfers, entries, metadata] = copies as [CopyIn, CopyIn, CopyIn]
  const lines = { transfer: makeLine("transfer"), entry: makeLine("entry"), metadata: makeLine("transfer_metadata") }
  for (let index = 1; index <= count; index++) {
    const seeded = history.next()
    transfers.add(lines.transfer(transferRow(seeded)))
    for (const row of entryRows(seeded)) entries.add(lines.entry(row))
    for (const row of metadataRows(seeded)) metadata.add(lines.metadata(row))
    if (index % batch === 0) await Promise.all(copies.map((copy) => copy.flush()))
  }
  await Promise.all(copies.map((copy) => copy.end()))
}

const copyRows = async (url: string, table: TableName, rows: Iterable<ReadonlyArray<Value>>): Promise<void> => {
  const copy = await CopyIn.begin(url, copyText(table, `${table}_seed`))
  const line = makeLine(table)
  for (const row of rows) copy.add(line(row))
  await copy.end()
}

const accountRows = function*(history: History): Generator<ReadonlyArray<Value>> {
  for (let id = 1; id <= history.accounts; id++) yield accountRow(id, history.totals(id))
}

/** Through tables of the same shape, as COPY only adds. */
const put = async (client: Client, table: TableName, rows: Iterable<ReadonlyArray<Value>>): Promise<void> => {
  const names = Object.keys(tables[table])
  const changed = names.filter((name) => name !== "id" && name !== "code").map((name) => `${name} = excluded.${name}`)
  await client.query(`CREATE TABLE ${table}_seed (LIKE ${table})`)
  const url = `postgres://${client.user}:${String(client.password)}@${client.host}:${client.port}/${client.database}`
  await copyRows(url, table, rows)
  await client.query(
    `INSERT INTO ${table} (${names.join(", ")}) ${table === "account" ? "OVERRIDING SYSTEM VALUE" : ""}
      SELECT ${names.join(", ")} FROM ${table}_seed ON CONFLICT (id) DO UPDATE SET ${changed.join(", ")}`
  )
  await client.query(`DROP TABLE ${table}_seed`)
}

/** Adds so many transfers to the migrated database at `url`, which nobody else uses. */
export const seedPostgres = async (url: string, history: History, count: number): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("SET maintenance_work_mem = '1GB'")
    const { rows } = await client.query<{ readonly dropping: string; readonly making: string }>(indexesText)
    for (const { dropping } of rows) await client.query(dropping)
    await fill(url, history, count)
    await put(client, "account", accountRows(history))
    await put(client, "hold", Array.from(history.holds.values(), holdRow))
    history.holds.clear()
    await client.query("UPDATE head SET last = last + $1 WHERE name = 'ledger'", [count])
    await client.query("SELECT setval(pg_get_serial_sequence('account', 'id'), $1)", [history.accounts])
    for (const { making } of rows) await client.query(making)
    await client.query("VACUUM ANALYZE")
  } finally {
    await client.end()
  }
}
