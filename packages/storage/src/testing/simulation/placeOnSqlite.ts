/** Puts a simulated ledger into a SQLite file. */
import type { Place } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { layer as reactivity } from "effect/reactivity/Reactivity"
import type * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { makeCompilerSqlite } from "effect/sql/Statement"
import * as Database from "../../Database.ts"
import * as Migrations from "../../migration/Migrations.ts"
import { makeGroupCommit } from "../../sqlite/groupCommit.ts"
import { makeSqliteClient } from "../../sqlite/SqliteClient.ts"
import type { SqliteConnection } from "../../sqlite/SqliteConnection.ts"
import { temporaryPath } from "../temporary.ts"
import { Breaker } from "./Breaker.ts"
import { HarmedConnection, type Rewrite, type Wire } from "./HarmedConnection.ts"
import { makeProcess } from "./makeProcess.ts"

const busyTimeoutMillis = 5000

/** A file has no line that could be cut: the connection closes with its process. */
const wireOf = (connection: SqliteConnection): Wire => ({
  connection,
  commit: Effect.asVoid(connection.executeUnprepared("COMMIT", [], undefined)),
  isWithin: () => connection.isBegun,
  cut: () => {}
})

const isWithin = (connection: Connection): boolean => (connection as HarmedConnection).wire.isWithin()

const undo = (connection: Connection) =>
  isWithin(connection) ? Effect.asVoid(connection.executeUnprepared("ROLLBACK", [], undefined)) : Effect.void

const start = (path: string, rewrite: Rewrite) =>
  Effect.gen(function*() {
    const { sql: real } = yield* makeSqliteClient({ path, busyTimeoutMillis })
    const breaker = new Breaker()
    const acquirer = Effect.map(
      breaker.connecting(real.reserve),
      (connection) => new HarmedConnection(wireOf(connection as SqliteConnection), breaker, rewrite)
    )
    const sql = yield* SqlClient.make({
      acquirer,
      compiler: makeCompilerSqlite(),
      driver: real.driver,
      beginTransaction: "BEGIN IMMEDIATE",
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      isTransaction: isWithin,
      onCommitFailure: undo,
      spanAttributes: []
    })
    return yield* makeProcess({ breaker, sql, transaction: yield* makeGroupCommit(sql), dialect: "sqlite" })
  }).pipe(Effect.provide(reactivity), Effect.orDie)

/**
 * A file of its own, which goes with the scope. Its processes are connections, of which one works at a time. `rewrite`
 * plants a fault: it changes the text of statements.
 */
export const placeOnSqlite = (rewrite: Rewrite = (text) => text): Effect.Effect<Place, never, Scope.Scope> =>
  Effect.gen(function*() {
    const path = yield* temporaryPath
    yield* Effect.orDie(Effect.provide(Migrations.run, Layer.fresh(Database.layerSqlite({ path }))))
    return { name: "sqlite", isShared: false, start: start(path, rewrite) }
  })
