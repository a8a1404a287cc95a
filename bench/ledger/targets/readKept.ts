/** Reads from PostgreSQL what a ledger keeps of its accounts. */
import type { Pool } from "pg"
import type { Kept, Target } from "../Target.ts"

type KeptRow = Readonly<Record<"balance" | "version" | "entries" | "running" | "moved", string>>

const keptOf = (row: KeptRow): Kept => ({
  balanceMinor: BigInt(row.balance),
  version: BigInt(row.version),
  entries: BigInt(row.entries),
  runningMinor: BigInt(row.running),
  movedMinor: BigInt(row.moved)
})

/** Answers as `Target.read` does, from one query for the accounts and one that counts transfers. */
export const readKept = async (pool: Pool, accounts: string, transfers: string): ReturnType<Target["read"]> => {
  const { rows } = await pool.query<KeptRow>(accounts)
  const counted = await pool.query<{ readonly count: string }>(transfers)
  return { accounts: rows.map(keptOf), transfers: BigInt(counted.rows[0]!.count) }
}
