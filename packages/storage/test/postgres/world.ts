/** Gives tests PostgreSQL databases of their own, and ways to harm them. */
import { Transaction } from "@purser/domain/transaction"
import { Database, Migrations } from "@purser/storage"
import { temporaryPostgres } from "@purser/storage/testing"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql/SqlClient"
import { inject } from "vitest"

type Options = Omit<Database.PostgresOptions, "url">

/** The address of an empty database. */
export const emptyDatabase = Effect.suspend(() => temporaryPostgres(inject("postgresUrl")))

/** The address of a database that is up to date. */
export const migratedDatabase = Effect.tap(
  emptyDatabase,
  (url) => Effect.provide(Migrations.run, Database.layerPostgres({ url: Redacted.make(url) }))
)

/** Another pool on a database: another process, as far as the server can tell. */
export const pool = (url: string, options: Options = {}) =>
  Layer.build(Layer.fresh(Database.layerPostgres({ url: Redacted.make(url), ...options })))

/** The same with other services on it. */
export const poolWith = <A, E>(layer: Layer.Layer<A, E, Database.Services>, url: string, options: Options = {}) =>
  Layer.build(
    Layer.fresh(Layer.provideMerge(layer, Database.layerPostgres({ url: Redacted.make(url), ...options })))
  )

/** Runs on one pool of several. */
export const on = <R>(context: Context.Context<R>) => <A, E, R2>(effect: Effect.Effect<A, E, R2>) =>
  Effect.provideContext(effect, context as Context.Context<R2 & R>) as Effect.Effect<A, E, Exclude<R2, R>>

/** Runs a transaction on the pool at hand. */
export const atomically = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Transaction.use((transaction) => transaction.atomically(effect))

const tables = SqlClient.use((sql) =>
  Effect.all([
    sql`CREATE TABLE note (n int8 PRIMARY KEY, half int8 NOT NULL)`,
    sql`CREATE TABLE counter (name text PRIMARY KEY, value int8 NOT NULL)`
  ], { discard: true })
)

const emptied = SqlClient.use((sql) =>
  Effect.all([
    sql`TRUNCATE note, counter`,
    sql`INSERT INTO counter VALUES ('a', 0), ('b', 0)`
  ], { discard: true })
)

/** A database that the tests of a file share: the stores' tables, and `note` and `counter` for what the stores do not do. */
export class Ground extends Context.Service<Ground, { readonly url: string }>()("test/Ground") {
  static readonly layer: Layer.Layer<Ground> = Layer.effect(
    Ground,
    Effect.map(
      Effect.tap(
        migratedDatabase,
        (url) => Effect.provide(tables, Database.layerPostgres({ url: Redacted.make(url) }))
      ),
      (url) => ({ url })
    )
  ).pipe(Layer.orDie)
}

/** A pool on the ground, its own tables as new. */
export const ground = (options: Options = {}) =>
  Effect.gen(function*() {
    const { url } = yield* Ground
    const here = on(yield* pool(url, options))
    yield* here(emptied)
    return { url, here }
  })

/** The process of the connection that the transaction runs on. */
export const backend = SqlClient.use((sql) =>
  Effect.map(sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`, ([row]) => row!.pid)
)

/** Ends a connection as an operator would. */
export const terminate = (pid: number) => SqlClient.use((sql) => sql`SELECT pg_terminate_backend(${pid})`)
