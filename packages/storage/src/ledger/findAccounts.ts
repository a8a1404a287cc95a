/** Finds accounts by their codes, to look at them or to hold them. */
import type { Account, AccountCode } from "@purser/domain/ledger"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { decoded } from "../decoded.ts"
import type { Bench } from "./Bench.ts"
import { accountOf } from "./rows.ts"
import type { AccountRow } from "./Tables.ts"

/** An account and the number under which rows refer to it. */
export interface Numbered {
  readonly id: bigint
  readonly account: Account
}

/** Finds those that exist, by code. */
export type FindAccounts = (
  codes: Iterable<AccountCode>
) => Effect.Effect<ReadonlyMap<AccountCode, Numbered>, SqlError>

const columns = { code: "text" } as const

const makeFind = ({ dialect, sql }: Bench, find: string): FindAccounts => {
  const text = `SELECT a.* FROM ${dialect.table(columns, 1)} ${find}`
  return (codes) => {
    const rows = Array.from(codes).sort().map((code) => ({ code }))
    return decoded(
      sql.unsafe<AccountRow>(text, dialect.parameters({ columns, rows })),
      (row): Numbered => ({ id: row.id, account: accountOf(row) })
    ).pipe(Effect.map((found) => new Map(found.map((numbered) => [numbered.account.code, numbered]))))
  }
}

/** Looks at accounts as they are; they may change at once. */
export const makeFindAccounts = (bench: Bench): FindAccounts =>
  makeFind(bench, bench.dialect.find("account", "a", "code"))

/** Holds accounts as they are until the transaction ends, taken in the order of their codes; waits for who holds them. */
export const makeLockAccounts = (bench: Bench): FindAccounts =>
  makeFind(bench, bench.dialect.findAndLock("account", "a", "code"))
