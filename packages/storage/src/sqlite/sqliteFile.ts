/** Looks at the path of a SQLite file without opening it: closing it again would drop the locks of this process on it. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseRefused, type RefusalReason } from "../DatabaseRefused.ts"

const magic = "SQLite format 3\0"

const attempt = (where: string, reason: RefusalReason, body: () => void): DatabaseRefused | undefined => {
  try {
    body()
    return undefined
  } catch (cause) {
    return new DatabaseRefused({ reason, where, cause })
  }
}

const checkFolder = (folder: string): DatabaseRefused | undefined =>
  attempt(folder, "FolderNotWritable", () => {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
  })

const checkExisting = (path: string): DatabaseRefused | undefined =>
  statSync(path).isFile()
    ? attempt(path, "FileNotWritable", () => accessSync(path, constants.R_OK | constants.W_OK))
    : new DatabaseRefused({ reason: "NotADatabase", where: path })

/** Why this path can not be opened as a database, or undefined. Makes the folder where it is missing. */
export const checkPath = (path: string): DatabaseRefused | undefined => {
  const folder = checkFolder(dirname(path))
  return folder !== undefined || !existsSync(path) ? folder : checkExisting(path)
}

/** What a file is that SQLite does not take for a database: the very beginning of one, or something else. */
export const stranger = (path: string): "HalfWritten" | "NotADatabase" =>
  magic.startsWith(readFileSync(path, "latin1").slice(0, magic.length)) ? "HalfWritten" : "NotADatabase"

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Whether a file has fewer bytes than its pages need; while there is something in the write-ahead log they can be there. */
export const isCutShort = (path: string, promisedBytes: number): boolean =>
  sizeOf(`${path}-wal`) === 0 && sizeOf(path) < promisedBytes
