/** Opens a SQLite file for writing, durable and checked. */
import Sqlite from "better-sqlite3"
import { DatabaseRefused, type RefusalReason } from "../DatabaseRefused.ts"
import { checkPath, isCutShort, stranger } from "./sqliteFile.ts"

/** Where the file is, and how long to wait for another process that is writing. */
export interface OpenOptions {
  readonly path: string
  readonly busyTimeoutMillis: number
}

const reasons: Readonly<Record<string, RefusalReason>> = {
  SQLITE_CORRUPT: "HalfWritten",
  SQLITE_READONLY: "FileNotWritable",
  SQLITE_CANTOPEN: "FolderNotWritable",
  SQLITE_PERM: "FileNotWritable",
  SQLITE_BUSY: "Unreachable"
}

const codeOf = (cause: unknown): string =>
  String((cause as { readonly code?: unknown }).code).split("_").slice(0, 2).join("_")

const refusal = (path: string, cause: unknown): DatabaseRefused => {
  if (cause instanceof DatabaseRefused) return cause
  const code = codeOf(cause)
  const reason = code === "SQLITE_NOTADB" ? stranger(path) : reasons[code] ?? "FileNotWritable"
  return new DatabaseRefused({ reason, where: path, cause })
}

const pragma = (database: Sqlite.Database, name: string): unknown => database.pragma(name, { simple: true })

/** Looks at the header and the whole schema. SQLite finds missing pages by itself, but not the missing end of the last one. */
const check = (database: Sqlite.Database): void => {
  database.prepare("SELECT count(*) FROM sqlite_schema").get()
  const promisedBytes = Number(pragma(database, "page_count")) * Number(pragma(database, "page_size"))
  if (!isCutShort(database.name, promisedBytes)) return
  throw new DatabaseRefused({ reason: "HalfWritten", where: database.name })
}

const isBusy = (cause: unknown): boolean => codeOf(cause) === "SQLITE_BUSY"

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Turns the journal to WAL. SQLite does not wait by itself for another process that is turning it at the same moment. */
const turnToWal = (database: Sqlite.Database, patienceMillis: number): unknown => {
  for (let waitedMillis = 0;; waitedMillis += 10) {
    try {
      return pragma(database, "journal_mode = WAL")
    } catch (cause) {
      if (!isBusy(cause) || waitedMillis >= patienceMillis) throw cause
      Atomics.wait(pause, 0, 0, 10)
    }
  }
}

/**
 * SQLite as it is built here falls back to `synchronous = NORMAL` after the first transaction in WAL mode, which can lose
 * acknowledged commits when the power fails; saying FULL makes it stay.
 */
const prepare = (database: Sqlite.Database, patienceMillis: number): void => {
  if (turnToWal(database, patienceMillis) !== "wal") {
    throw new DatabaseRefused({ reason: "NotDurable", where: database.name })
  }
  database.pragma("synchronous = FULL")
  // 32 MB in place of 2: postings to a ledger of millions touch more pages than that.
  database.pragma("cache_size = -32000")
  database.pragma("foreign_keys = ON")
  database.defaultSafeIntegers(true)
}

/** Opens the file, or throws `DatabaseRefused`. */
export const openSqlite = ({ busyTimeoutMillis, path }: OpenOptions): Sqlite.Database => {
  const refused = checkPath(path)
  if (refused !== undefined) throw refused
  let database: Sqlite.Database | undefined
  try {
    database = new Sqlite(path, { timeout: busyTimeoutMillis })
    if (!database.memory) check(database)
    prepare(database, busyTimeoutMillis)
    return database
  } catch (cause) {
    database?.close()
    throw refusal(path, cause)
  }
}

/** Opens the file once more, to read from only; throws what SQLite says. It was checked when it was opened to write. */
export const openSqliteReader = ({ busyTimeoutMillis, path }: OpenOptions): Sqlite.Database => {
  const database = new Sqlite(path, { timeout: busyTimeoutMillis, readonly: true, fileMustExist: true })
  database.defaultSafeIntegers(true)
  return database
}
