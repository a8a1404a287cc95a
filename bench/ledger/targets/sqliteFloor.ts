/** Measures what can be written by hand on SQLite: bare prepared statements, a transaction for a thousand transfers. */
import Sqlite from "better-sqlite3"
import * as Effect from "effect/Effect"
import { accountCount, type Movement } from "../movements.ts"
import type { Kept, Target } from "../Target.ts"
import { inBatches } from "./batches.ts"

/** The least that a ledger keeps: a unique key for each transfer, two entries with a running balance, two balances. */
const schema = `
  CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;
  CREATE TABLE transfer (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, debit INTEGER NOT NULL, credit INTEGER NOT NULL,
    amount INTEGER NOT NULL, at_millis INTEGER NOT NULL) STRICT;
  CREATE TABLE entry (account INTEGER NOT NULL, version INTEGER NOT NULL, transfer INTEGER NOT NULL, amount INTEGER NOT NULL,
    balance INTEGER NOT NULL, PRIMARY KEY (account, version)) STRICT, WITHOUT ROWID`

const kept = `SELECT a.balance AS balanceMinor, a.version, COALESCE(e.entries, 0) AS entries,
    COALESCE(e.moved, 0) AS movedMinor,
    COALESCE((SELECT e.balance FROM entry AS e WHERE e.account = a.id ORDER BY e.version DESC LIMIT 1), 0) AS runningMinor
  FROM account AS a
  LEFT JOIN (SELECT account, count(*) AS entries, sum(amount) AS moved FROM entry GROUP BY account) AS e ON e.account = a.id
  ORDER BY a.id`

interface Moved {
  readonly balance: bigint
  readonly version: bigint
}

const makePost = (database: Sqlite.Database): (movements: ReadonlyArray<Movement>) => void => {
  const insert = database.prepare("INSERT INTO transfer (key, debit, credit, amount, at_millis) VALUES (?, ?, ?, ?, ?)")
  const update = database.prepare<[bigint, number], Moved>(
    "UPDATE account SET balance = balance + ?, version = version + 1 WHERE id = ? RETURNING balance, version"
  )
  const enter = database.prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?)")
  const move = (account: number, amountMinor: bigint, transfer: number | bigint): void => {
    const { balance, version } = update.get(amountMinor, account)!
    enter.run(account, version, transfer, amountMinor, balance)
  }
  return database.transaction((movements: ReadonlyArray<Movement>) => {
    const at = Date.now()
    for (const { amountMinor, credit, debit, id } of movements) {
      const key = Buffer.from(id.replaceAll("-", ""), "hex")
      const { lastInsertRowid } = insert.run(key, debit, credit, amountMinor, at)
      move(debit, -amountMinor, lastInsertRowid)
      move(credit, amountMinor, lastInsertRowid)
    }
  }).immediate
}

/** A file of its own at `path`. */
export const sqliteFloor = (path: string): Target => {
  const database = new Sqlite(path)
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  database.defaultSafeIntegers(true)
  database.exec(schema)
  const open = database.prepare("INSERT INTO account VALUES (?, 0, 0)")
  database.transaction(() => Array.from({ length: accountCount }, (_, index) => open.run(index)))()
  const post = makePost(database)
  return {
    store: "sqlite",
    name: "batch",
    isBatched: true,
    prepare: (movements) => inBatches(movements, (batch) => Effect.sync(() => post(batch))),
    setDurable: async (isDurable) => void database.pragma(`synchronous = ${isDurable ? "FULL" : "NORMAL"}`),
    read: async () => ({
      accounts: database.prepare<[], Kept>(kept).all(),
      transfers: database.prepare<[], { readonly count: bigint }>("SELECT count(*) AS count FROM transfer").get()!.count
    }),
    processes: async () => [],
    close: async () => void database.close()
  }
}
