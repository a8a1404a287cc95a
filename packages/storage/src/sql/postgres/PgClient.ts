/** Runs SQL on a pool of PostgreSQL connections. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Reactivity } from "effect/reactivity/Reactivity"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import * as SqlError from "effect/sql/SqlError"
import * as Statement from "effect/sql/Statement"
import pg from "pg"
import { commitInDoubt, endedBeforeCommit, failure } from "./failures.ts"
import { PgConnection } from "./PgConnection.ts"
import { types } from "./values.ts"

/** Where the server is and how much of it to use. Times in milliseconds. */
export interface PostgresOptions {
  readonly url: Redacted.Redacted<string>
  /** Most connections; 10 unless given, at least 2. */
  readonly maxConnections?: number
  /** How long to wait for a free connection, or for a new one. 5,000 unless given. */
  readonly acquireTimeoutMillis?: number
  /** How long a statement may run. 60,000 unless given. */
  readonly statementTimeoutMillis?: number
  /** How long a transaction may be idle before the server ends it; keep it below a cluster's take-over time. 5,000 unless given. */
  readonly idleInTransactionTimeoutMillis?: number
  readonly applicationName?: string
}

const poolOptions = (options: PostgresOptions): pg.PoolConfig => ({
  connectionString: Redacted.value(options.url),
  max: Math.max(2, options.maxConnections ?? 10),
  connectionTimeoutMillis: options.acquireTimeoutMillis ?? 5000,
  idleTimeoutMillis: 30_000,
  statement_timeout: options.statementTimeoutMillis ?? 60_000,
  idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMillis ?? 5000,
  options: "-c TimeZone=UTC -c DateStyle=ISO",
  application_name: options.applicationName ?? "purser",
  keepAlive: true,
  types
})

const makePool = (options: PostgresOptions, connections: WeakMap<pg.PoolClient, PgConnection>): pg.Pool => {
  const pool = new pg.Pool(poolOptions(options))
  // An idle connection died; the pool has dropped it and opens another when one is needed.
  pool.on("error", () => undefined)
  pool.on("connect", (client) => connections.set(client as pg.PoolClient, new PgConnection(client as pg.PoolClient)))
  return pool
}

/** `pg` cannot take back a request for a connection: one that nobody waits for any more is handed back on arrival. */
const connecting = (pool: pg.Pool, connections: WeakMap<pg.PoolClient, PgConnection>) =>
  Effect.callback<PgConnection, SqlError.SqlError>((resume) => {
    let isAbandoned = false
    pool.connect((cause, client) => {
      if (isAbandoned) return client?.release()
      const connection = client && connections.get(client)
      resume(cause || connection === undefined ? Effect.fail(failure(cause, "connect")) : Effect.succeed(connection))
    })
    return Effect.sync(() => {
      isAbandoned = true
    })
  })

const isIdle = ({ client }: PgConnection): boolean =>
  (client as unknown as { readonly getTransactionStatus: () => string }).getTransactionStatus() === "I"

const release = (connection: PgConnection): Effect.Effect<void> => {
  const giveBack = (isBroken: boolean) => Effect.sync(() => connection.client.release(isBroken))
  if (connection.lost !== undefined || isIdle(connection)) return giveBack(connection.lost !== undefined)
  return Effect.flatMap(
    Effect.exit(connection.run("ROLLBACK", [], false)),
    (exit) => giveBack(connection.lost !== undefined || Exit.isFailure(exit))
  )
}

/** A COMMIT of an aborted transaction answers ROLLBACK without an error. */
const commit = (connection: Connection): Effect.Effect<void, SqlError.SqlError> =>
  Effect.suspend(() => {
    const on = connection as PgConnection
    const wasAlive = on.lost === undefined
    return on.run("COMMIT", [], false).pipe(
      Effect.mapError((error) =>
        wasAlive && error.reason._tag === "ConnectionError" && !endedBeforeCommit(error.reason.cause)
          ? commitInDoubt(error.reason.cause)
          : error
      ),
      Effect.flatMap(({ command }) =>
        command === "ROLLBACK"
          ? Effect.fail(failure(new Error("COMMIT of an aborted transaction"), "commit"))
          : Effect.void
      )
    )
  })

const compiler = (): Statement.Compiler => {
  const escape = Statement.defaultEscape("\"")
  return Statement.makeCompiler({
    dialect: "pg",
    placeholder: (index) => `$${index}`,
    onIdentifier: (name) => escape(name),
    onRecordUpdate: (placeholders, alias, columns, values, returning) => [
      `(values ${placeholders}) AS ${alias}${columns}${returning ? ` RETURNING ${returning[0]}` : ""}`,
      returning ? values.flat().concat(returning[1]) : values.flat()
    ],
    onCustom: () => ["", []]
  })
}

/** A client over a pool. Fails at once when the server cannot be reached. */
export const makePgClient = (
  options: PostgresOptions
): Effect.Effect<SqlClient.SqlClient, SqlError.SqlError, Scope.Scope | Reactivity> =>
  Effect.gen(function*() {
    const connections = new WeakMap<pg.PoolClient, PgConnection>()
    const pool = yield* Effect.acquireRelease(
      Effect.sync(() => makePool(options, connections)),
      (pool) => Effect.promise(() => pool.end()).pipe(Effect.interruptible, Effect.timeoutOption("5 seconds"))
    )
    const connect = connecting(pool, connections)
    const acquirer = Effect.acquireRelease(connect, release, { interruptible: true })
    yield* Effect.scoped(acquirer)
    return yield* SqlClient.make({
      acquirer,
      borrower: (use) => Effect.acquireUseRelease(Effect.interruptible(connect), use, release),
      compiler: compiler(),
      driver: "node-postgres",
      commit,
      isTransaction: (connection) => (connection as PgConnection).lost === undefined,
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "postgresql"]]
    })
  })
