/** Measures pgledger, from files that whoever measures has fetched: https://github.com/pgr0ss/pgledger */
import * as Effect from "effect/Effect"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { accountCount, type Movement } from "../movements.ts"
import type { Target } from "../Target.ts"
import { readKept } from "./readKept.ts"
import type { Place } from "./server.ts"

/** What it needs besides, where its repository keeps it. */
const vendored = ["ulid-to-uuid.sql", "uuid-to-ulid.sql"].map((name) => join("vendor/scoville-pgsql-ulid", name))

const create =
  `SELECT (pgledger_create_account('account ' || n, 'EUR')).id FROM generate_series(1, ${accountCount}) AS n`

const transfer = { name: "transfer", text: "SELECT id FROM pgledger_create_transfer($1, $2, $3)" }

const kept = `SELECT a.balance, a.version,
    (SELECT count(*) FROM pgledger_entries AS e WHERE e.account_id = a.id) AS entries,
    COALESCE((SELECT e.account_current_balance FROM pgledger_entries AS e
      WHERE e.account_id = a.id ORDER BY e.account_version DESC LIMIT 1), 0) AS running,
    COALESCE((SELECT sum(e.amount) FROM pgledger_entries AS e WHERE e.account_id = a.id), 0) AS moved
  FROM pgledger_accounts AS a ORDER BY split_part(a.name, ' ', 2)::int`

/** pgledger as it comes: one function call a transfer, through a pool; accounts without limits, which cost it least. */
export const pgledger = async ({ pool, shared }: Place, file: string): Promise<Target> => {
  for (const needed of vendored.map((path) => join(dirname(file), path)).filter((path) => existsSync(path))) {
    await pool.query(readFileSync(needed, "utf8"))
  }
  await pool.query(readFileSync(file, "utf8"))
  const { rows } = await pool.query<{ readonly id: string }>(create)
  const send = ({ amountMinor, credit, debit }: Movement) =>
    Effect.promise(() => pool.query({ ...transfer, values: [rows[debit]!.id, rows[credit]!.id, amountMinor] }))
  return {
    store: "postgres",
    name: "pgledger",
    isBatched: false,
    prepare: (movements) => movements.map((movement) => ({ count: 1, send: send(movement) })),
    read: () => readKept(pool, kept, "SELECT count(*) FROM pgledger_transfers"),
    close: () => Promise.resolve(),
    ...shared
  }
}
