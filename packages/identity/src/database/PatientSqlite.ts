/** Runs single statements on a second connection to the SQLite file, and waits without blocking while the first one writes. */
import type Sqlite from "better-sqlite3"
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteDialect,
  type TransactionSettings
} from "kysely"

const pauseMillis = 5

/** A list of values makes a text of its own for each length: so many are kept. */
const statementsMost = 200

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMillis))

const isBusy = (cause: unknown): boolean => {
  const { code } = cause as { readonly code?: unknown }
  return typeof code === "string" && code.startsWith("SQLITE_BUSY")
}

/** Prepares each text once: what is asked is a few dozen texts, whose values alone differ. */
class Prepared {
  readonly #database: Sqlite.Database
  readonly #statements = new Map<string, Sqlite.Statement<Array<unknown>>>()

  constructor(database: Sqlite.Database) {
    this.#database = database
  }
  of(sql: string): Sqlite.Statement<Array<unknown>> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare<Array<unknown>>(sql)
    if (this.#statements.size >= statementsMost) this.#statements.clear()
    this.#statements.set(sql, statement)
    return statement
  }
}

const runOnce = <Row>(prepared: Prepared, { parameters, sql }: CompiledQuery): QueryResult<Row> => {
  const statement = prepared.of(sql) as Sqlite.Statement<Array<unknown>, Row>
  if (statement.reader) return { rows: statement.all(...parameters) }
  return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
}

/**
 * SQLite would wait for a lock inside the call, and so stop the very fiber that holds it: two connections of one process
 * would stand still until both give up. So it does not wait, and this does, between calls.
 */
class PatientConnection implements DatabaseConnection {
  readonly #prepared: Prepared
  readonly #patienceMillis: number

  constructor(database: Sqlite.Database, patienceMillis: number) {
    this.#prepared = new Prepared(database)
    this.#patienceMillis = patienceMillis
  }
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let waitedMillis = 0;; waitedMillis += pauseMillis) {
      try {
        return runOnce(this.#prepared, query)
      } catch (cause) {
        if (!isBusy(cause) || waitedMillis >= this.#patienceMillis) throw cause
        await pause()
      }
    }
  }
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error("identity reads no streams")
  }
}

const noTransactions = (): Promise<never> =>
  // Between two statements the first connection would find the file locked, and block everybody.
  Promise.reject(new Error("identity holds no transaction open on SQLite"))

class PatientDriver implements Driver {
  readonly #connection: PatientConnection
  readonly #database: Sqlite.Database

  constructor(database: Sqlite.Database, patienceMillis: number) {
    this.#database = database
    this.#connection = new PatientConnection(database, patienceMillis)
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  beginTransaction(_connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    return noTransactions()
  }
  commitTransaction(): Promise<void> {
    return noTransactions()
  }
  rollbackTransaction(): Promise<void> {
    return noTransactions()
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    this.#database.close()
  }
}

/** A SQLite file, one statement at a time; `database` must not wait for locks by itself (`timeout: 0`). */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database
  readonly #patienceMillis: number

  constructor(database: Sqlite.Database, patienceMillis: number) {
    super({ database })
    this.#database = database
    this.#patienceMillis = patienceMillis
  }
  override createDriver(): Driver {
    return new PatientDriver(this.#database, this.#patienceMillis)
  }
}
