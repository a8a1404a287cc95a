/** Makes the SQL client of a PostgreSQL server, over a pool of `pg`. */
import * as Effect from "effect/Effect"
import type { Reactivity } from "effect/reactivity/Reactivity"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import type { SqlError } from "effect/sql/SqlError"
import { type Compiler, defaultEscape, makeCompiler } from "effect/sql/Statement"
import { Pool, type PoolClient, type PoolConfig } from "pg"
import { DatabaseRefused } from "../DatabaseRefused.ts"
import { checkSchema, makeSchema } from "./makeSchema.ts"
import { PgConnection } from "./PgConnection.ts"
import { pgFailure } from "./pgFailures.ts"
import { types } from "./pgValues.ts"

/**
 * How to reach the server. Times in milliseconds. The server ends a statement first; `answerTimeoutMillis`, which should
 * be longer, is for a server that does not answer at all.
 */
export interface PgOptions {
  readonly url: Redacted.Redacted
  readonly maxConnections: number
  readonly acquireTimeoutMillis: number
  readonly statementTimeoutMillis: number
  readonly answerTimeoutMillis: number
  readonly lockTimeoutMillis: number
  readonly idleInTransactionTimeoutMillis: number
  readonly applicationName: string
  /** Where the tables are, in a database that is shared; made where it is missing. `public` comes after it. */
  readonly schema?: string
}

const closeTimeoutMillis = 5000

const searchPath = ({ schema }: PgOptions): string => schema === undefined ? "" : ` -c search_path=${schema},public`

const poolOptions = (options: PgOptions): PoolConfig => ({
  connectionString: Redacted.value(options.url),
  max: options.maxConnections,
  connectionTimeoutMillis: options.acquireTimeoutMillis,
  idleTimeoutMillis: 30_000,
  statement_timeout: options.statementTimeoutMillis,
  query_timeout: options.answerTimeoutMillis,
  lock_timeout: options.lockTimeoutMillis,
  idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMillis,
  application_name: options.applicationName,
  options: `-c TimeZone=UTC -c DateStyle=ISO${searchPath(options)}`,
  keepAlive: true,
  types
})

const end = (pool: Pool): Effect.Effect<void> =>
  Effect.ignore(Effect.timeout(Effect.interruptible(Effect.promise(() => pool.end())), closeTimeoutMillis))

const makePool = (options: PgOptions) =>
  Effect.gen(function*() {
    const connections = new WeakMap<PoolClient, PgConnection>()
    const pool = yield* Effect.acquireRelease(
      Effect.sync(() => {
        const pool = new Pool(poolOptions(options))
        // An idle connection ended; the pool has dropped it, and the next statement gets another.
        pool.on("error", () => {})
        pool.on("connect", (client) => connections.set(client, new PgConnection(client)))
        return pool
      }),
      end
    )
    return { pool, connectionOf: (client: PoolClient) => connections.get(client)! }
  })

type Connections = Effect.Success<ReturnType<typeof makePool>>

/** A waiter can not be withdrawn from the pool: what arrives too late goes back at once. */
const connect = ({ connectionOf, pool }: Connections): Effect.Effect<PgConnection, SqlError> =>
  Effect.callback((resume) => {
    let isAbandoned = false
    pool.connect((cause, client) => {
      if (isAbandoned) return client?.release()
      resume(client === undefined ? Effect.fail(pgFailure(cause, "connect")) : Effect.succeed(connectionOf(client)))
    })
    return Effect.sync(() => {
      isAbandoned = true
    })
  })

const giveBack = (connection: PgConnection): Effect.Effect<void> =>
  Effect.gen(function*() {
    const isOpen = connection.lost === undefined && !connection.isIdle
    const isClean = !isOpen || (yield* Effect.isSuccess(connection.executeUnprepared("ROLLBACK", [], undefined)))
    connection.client.release(connection.lost !== undefined || !isClean)
  })

const asPg = (connection: Connection): PgConnection => connection as PgConnection

/** Writes statements the way PostgreSQL reads them. */
export const compiler = (): Compiler =>
  makeCompiler({
    dialect: "pg",
    placeholder: (index) => `$${index}`,
    onIdentifier: defaultEscape("\""),
    onRecordUpdate: (...[placeholders, alias, columns, values, returning]) => [
      `(values ${placeholders}) AS ${alias}${columns}${returning === undefined ? "" : ` RETURNING ${returning[0]}`}`,
      returning === undefined ? values.flat() : [...values.flat(), ...returning[1]]
    ],
    onCustom: () => ["", []]
  })

const hostOf = (url: Redacted.Redacted): string =>
  URL.canParse(Redacted.value(url)) ? new URL(Redacted.value(url)).host : "the database address"

const refusal = (options: PgOptions) => (error: SqlError): DatabaseRefused =>
  new DatabaseRefused({
    reason: error.reason._tag === "AuthenticationError" ? "WrongCredentials" : "Unreachable",
    where: hostOf(options.url),
    cause: error
  })

/** A pool of connections. Refuses at once when the server can not be reached; afterwards it survives its absence. */
export const makePgClient = (
  options: PgOptions
): Effect.Effect<SqlClient.SqlClient, DatabaseRefused, Scope.Scope | Reactivity> =>
  Effect.gen(function*() {
    yield* checkSchema(options.schema)
    const pool = yield* makePool(options)
    const acquirer = Effect.acquireRelease(connect(pool), giveBack, { interruptible: true })
    yield* Effect.mapError(Effect.scoped(acquirer), refusal(options))
    const sql = yield* SqlClient.make({
      acquirer,
      borrower: (use) => Effect.acquireUseRelease(Effect.interruptible(connect(pool)), use, giveBack),
      compiler: compiler(),
      driver: "node-postgres",
      commit: (connection) => asPg(connection).commit,
      releaseSavepoint: (name) => `RELEASE SAVEPOINT ${name}`,
      spanAttributes: [["db.system.name", "postgresql"]]
    })
    if (options.schema !== undefined) yield* makeSchema(sql, options.schema)
    return sql
  })
