/** Opens a SQLite file for writing, durable and checked. */
import Sqlite from "better-sqlite3"
import { DatabaseRefused, type RefusalReason } from "../DatabaseRefused.ts"
import { checkFile } from "./sqliteFile.ts"

/** Where the file is, and how long to wait for another process that is writing. */
export interface OpenOptions {
  readonly path: string
  readonly busyTimeoutMillis: number
}

const reasons: Readonly<Record<string, RefusalReason>> = {
  SQLITE_NOTADB: "NotADatabase",
  SQLITE_CORRUPT: "HalfWritten",
  SQLITE_READONLY: "FileNotWritable",
  SQLITE_CANTOPEN: "FolderNotWritable",
  SQLITE_PERM: "FileNotWritable",
  SQLITE_BUSY: "Unreachable"
}

const refusal = (path: string, cause: unknown): DatabaseRefused => {
  const code = String((cause as { readonly code?: unknown }).code).split("_").slice(0, 2).join("_")
  return new DatabaseRefused({ reason: reasons[code] ?? "FileNotWritable", where: path, cause })
}

/**
 * SQLite as it is built here falls back to `synchronous = NORMAL` after the first transaction in WAL mode, which can lose
 * acknowledged commits when the power fails; saying FULL makes it stay.
 */
const prepare = (database: Sqlite.Database): void => {
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  database.pragma("foreign_keys = ON")
  database.defaultSafeIntegers(true)
  // Reads the whole schema: a damaged first page or log shows up now and not at the first request.
  database.prepare("SELECT count(*) FROM sqlite_schema").get()
}

/** Opens the file, or throws `DatabaseRefused`. */
export const openSqlite = ({ busyTimeoutMillis, path }: OpenOptions): Sqlite.Database => {
  const refused = checkFile(path)
  if (refused !== undefined) throw refused
  let database: Sqlite.Database | undefined
  try {
    database = new Sqlite(path, { timeout: busyTimeoutMillis })
    prepare(database)
    return database
  } catch (cause) {
    database?.close()
    throw refusal(path, cause)
  }
}
