/** Puts a simulated ledger into a PostgreSQL database. */
import type { Place } from "@purser/domain/ledger/testing"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { layer as reactivity } from "effect/reactivity/Reactivity"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import type { Socket } from "node:net"
import * as Database from "../../Database.ts"
import type { DatabaseRefused } from "../../DatabaseRefused.ts"
import { asStorageError } from "../../failures.ts"
import * as Migrations from "../../migration/Migrations.ts"
import { compiler, makePgClient, type PgOptions } from "../../postgres/PgClient.ts"
import type { PgConnection } from "../../postgres/PgConnection.ts"
import { makeRetrying } from "../../postgres/retryingTransaction.ts"
import { Breaker } from "./Breaker.ts"
import { HarmedConnection, type Wire } from "./HarmedConnection.ts"
import { makeProcess } from "./makeProcess.ts"

const options: Omit<PgOptions, "url"> = {
  maxConnections: 10,
  acquireTimeoutMillis: 10_000,
  statementTimeoutMillis: 30_000,
  answerTimeoutMillis: 35_000,
  lockTimeoutMillis: 10_000,
  idleInTransactionTimeoutMillis: 30_000,
  applicationName: "purser simulation"
}

/** The parts of a client that its types leave out. */
interface Wired {
  readonly connection: { readonly stream: Socket }
}

const cutShort = new Error("Connection terminated by the simulation")

const wireOf = (connection: PgConnection): Wire => ({
  connection,
  commit: Effect.suspend(() => connection.commit),
  isWithin: () => !connection.isIdle,
  cut: () => {
    connection.lost ??= cutShort
    ;(connection.client as unknown as Wired).connection.stream.destroy()
  }
})

const start = (url: string) =>
  Effect.gen(function*() {
    const real = yield* makePgClient({ ...options, url: Redacted.make(url) })
    const breaker = new Breaker()
    const acquirer = Effect.map(
      breaker.connecting(real.reserve),
      (connection) => new HarmedConnection(wireOf(connection as PgConnection), breaker)
    )
    const sql = yield* SqlClient.make({
      acquirer,
      compiler: compiler(),
      driver: real.driver,
      commit: (connection) => (connection as HarmedConnection).commit,
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: []
    })
    return yield* makeProcess({ breaker, sql, transaction: makeRetrying(sql), dialect: "postgres" })
  }).pipe(Effect.provide(reactivity), Effect.orDie)

const emptied = SqlClient.SqlClient.use((sql) =>
  Effect.andThen(sql`DROP SCHEMA public CASCADE`, sql`CREATE SCHEMA public`)
)

const countTables = SqlClient.SqlClient.use((sql) =>
  sql<{ count: bigint }>`SELECT count(*) AS count FROM pg_catalog.pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`
)

/** Whether the database at `url` has no tables, so that nothing is lost when a simulation takes it. */
export const isEmptyPostgres = (url: string): Effect.Effect<boolean, DatabaseRefused | StorageError> =>
  Effect.provide(
    Effect.map(asStorageError("isEmptyPostgres")(countTables), ([row]) => row?.count === 0n),
    Layer.fresh(Database.layerPostgres({ url: Redacted.make(url), maxConnections: 1 }))
  )

/**
 * The database at `url`, which it takes for its own: all that was in it is dropped at the start, and at the end of the
 * scope. Its processes are pools; lines to it are cut for real.
 */
export const placeOnPostgres = (url: string): Effect.Effect<Place, never, Scope.Scope> => {
  const database = Database.layerPostgres({ url: Redacted.make(url), maxConnections: 1 })
  const empty = Effect.orDie(Effect.provide(emptied, Layer.fresh(database)))
  const migrate = Effect.orDie(Effect.provide(Effect.andThen(emptied, Migrations.run), Layer.fresh(database)))
  return Effect.as(
    Effect.acquireRelease(migrate, () => empty),
    { name: "postgres", isShared: true, start: start(url) }
  )
}
