/** Gathers what every part of the store works with. */
import { type LogSalt, LogSalts, type Transfer } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import type { Services } from "../Database.ts"
import { Dialect } from "../Dialect.ts"
import * as Queries from "../Queries.ts"
import { Reading } from "../ReadNow.ts"
import { type OpenSnapshot, Snapshots } from "../Snapshots.ts"
import { dialects } from "./dialect/index.ts"
import type { LedgerDialect } from "./dialect/LedgerDialect.ts"
import { makeTransferOf, type TransferRow } from "./rows.ts"
import type { Tables } from "./Tables.ts"

/** The database, how to ask it, the assets that there are, and where salts come from. */
export interface Bench {
  readonly sql: SqlClient
  readonly queries: Queries.Queries<Tables>
  readonly dialect: LedgerDialect
  readonly transferOf: (row: TransferRow) => Transfer
  readonly atomically: Transaction["Service"]["atomically"]
  readonly assets: ReadonlyArray<Asset.Asset>
  readonly drawSalts: (count: number) => ReadonlyArray<LogSalt>
  /** Opens a client for long reading, where the one at hand has a single connection. */
  readonly openSnapshot: OpenSnapshot | undefined
}

/** The bench on the database at hand. */
export const makeBench: Effect.Effect<Bench, never, Services> = Effect.gen(function*() {
  const queries = yield* Queries.make<Tables>()
  const dialect = dialects[queries.dialect]()
  const { atomically } = yield* Transaction
  return {
    sql: yield* SqlClient,
    queries,
    dialect,
    transferOf: makeTransferOf(dialect),
    atomically,
    assets: yield* Asset.Assets,
    drawSalts: yield* LogSalts,
    openSnapshot: yield* Snapshots
  }
})

/** The bench for reading through another client of the same database. */
export const benchOn = (bench: Bench, sql: SqlClient): Effect.Effect<Bench> =>
  Queries.make<Tables>().pipe(
    Effect.map((queries) => ({ ...bench, sql, queries })),
    Effect.provideService(SqlClient, sql),
    Effect.provideService(Reading, () => undefined),
    Effect.provideService(Dialect, bench.queries.dialect)
  )
