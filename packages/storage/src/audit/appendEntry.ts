/** Appends to the audit log under the next number. */
import type { StorageError, Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { sql } from "kysely"
import type { DialectName } from "../Dialect.ts"
import { asStorageError } from "../failures.ts"
import type * as Queries from "../Queries.ts"
import type { AuditRow, EntryColumns } from "./auditRow.ts"

/** What the audit log is kept in. `head` holds the last number of each log. */
export interface Tables {
  readonly audit: AuditRow
  readonly head: { readonly name: string; readonly last: bigint }
}

/** What an append works with. */
export interface Appending {
  readonly queries: Queries.Queries<Tables>
  readonly transaction: Transaction["Service"]
}

const named = asStorageError("AuditLog.append")

const next = ({ build }: Queries.Queries<Tables>) =>
  build.updateTable("head").set(({ eb }) => ({ last: eb("last", "+", 1n) })).where("name", "=", "audit")
    .returning("last")

/** The head row is locked until the transaction ends, so numbers have no gap and are in the order of commits. */
const inOneStatement = ({ queries }: Appending, columns: EntryColumns): Effect.Effect<bigint, StorageError> => {
  const names = Object.keys(columns) as ReadonlyArray<keyof EntryColumns>
  const query = queries.build.with("place", () => next(queries))
    .insertInto("audit").columns(["sequence", ...names])
    .expression(({ selectFrom }) =>
      selectFrom("place").select(["last", ...names.map((name) => sql`${columns[name]}`.as(name))])
    )
    .returning("sequence")
  return named(Effect.map(queries.first(query), (row) => row!.sequence))
}

/** SQLite has no statement that changes two tables. */
const inTwoStatements = (
  { queries, transaction }: Appending,
  columns: EntryColumns
): Effect.Effect<bigint, StorageError> =>
  transaction.atomically(named(Effect.gen(function*() {
    const sequence = (yield* queries.first(next(queries)))!.last
    yield* queries.run(queries.build.insertInto("audit").values({ sequence, ...columns }))
    return sequence
  })))

/** Appends an entry; answers with its number, counted from 1. */
export const appendEntry: Readonly<Record<DialectName, typeof inOneStatement>> = {
  sqlite: inTwoStatements,
  postgres: inOneStatement
}
