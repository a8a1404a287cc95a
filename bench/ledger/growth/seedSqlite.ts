/** Fills a ledger on SQLite: prepared inserts without a log, indexes made after. */
import Sqlite from "better-sqlite3"
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

const encode: Readonly<Record<Encoding, (value: Value) => unknown>> = {
  plain: (value) => value,
  uuid: (value) => value === null ? null : Buffer.from(String(value).replaceAll("-", ""), "hex"),
  bytes: (value) => value === null ? null : Buffer.from(String(value), "hex")
}

const makeInsert = (database: Sqlite.Database, table: TableName, conflict = "") => {
  const columns: Readonly<Record<string, Encoding>> = tables[table]
  const names = Object.keys(columns)
  const encoders = names.map((name) => encode[columns[name]!])
  const statement = database.prepare(
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ${conflict}`
  )
  return (row: ReadonlyArray<Value>): void => {
    statement.run(row.map((value, index) => encoders[index]!(value)))
  }
}

const indexesOf = (database: Sqlite.Database) =>
  database.prepare<[], { readonly name: string; readonly sql: string }>(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
      AND tbl_name IN (${logTables.map((table) => `'${table}'`).join(", ")})`
  ).all()

const updated = Object.keys(tables.account).filter((name) => name !== "id" && name !== "code")
  .map((name) => `${name} = excluded.${name}`).join(", ")

const writeAccounts = (database: Sqlite.Database, history: History): void => {
  const put = makeInsert(database, "account", `ON CONFLICT (id) DO UPDATE SET ${updated}`)
  for (let id = 1; id <= history.accounts; id++) put(accountRow(id, history.totals(id)))
  const putHold = makeInsert(database, "hold", "ON CONFLICT (id) DO UPDATE SET state = excluded.state")
  for (const hold of history.holds.values()) putHold(holdRow(hold))
  history.holds.clear()
}

/** Adds so many transfers to the migrated file at `path`, which nobody else has open. */
export const seedSqlite = (path: string, history: History, count: number): void => {
  const database = new Sqlite(path)
  try {
    for (
      const pragma of ["journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -3000000"]
    ) {
      database.pragma(pragma)
    }
    const indexes = indexesOf(database)
    database.exec("BEGIN")
    for (const { name } of indexes) database.exec(`DROP INDEX ${name}`)
    const insert = Object.fromEntries(logTables.map((table) => [table, makeInsert(database, table)]))
    for (let index = 0; index < count; index++) {
      const seeded = history.next()
      insert.transfer!(transferRow(seeded))
      for (const row of entryRows(seeded)) insert.entry!(row)
      for (const row of metadataRows(seeded)) insert.transfer_metadata!(row)
    }
    writeAccounts(database, history)
    database.prepare("UPDATE head SET last = last + ? WHERE name = 'ledger'").run(count)
    for (const { sql } of indexes) database.exec(sql)
    database.exec("COMMIT")
    database.exec("ANALYZE")
    database.pragma("locking_mode = NORMAL")
    database.pragma("journal_mode = WAL")
  } finally {
    database.close()
  }
}
