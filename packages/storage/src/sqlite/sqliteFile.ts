/** Looks at the path of a SQLite file without opening it: closing it again would drop the locks of this process on it. */
import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseRefused, type RefusalReason } from "../DatabaseRefused.ts"
import { makeFolder } from "./makeFolder.ts"

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
    makeFolder(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
  })

const checkExisting = (path: string): DatabaseRefused | undefined =>
  statSync(path).isFile()
    ? attempt(path, "FileNotWritable", () => accessSync(path, constants.R_OK | constants.W_OK))
    : new DatabaseRefused({ reason: "NotADatabase", where: path })

const isInMemory = (path: string): boolean => path === "" || path === ":memory:"

/** Payments and amounts are nobody else's business. SQLite gives its log the mode of the file. */
const makeForOwner = (path: string): DatabaseRefused | undefined =>
  attempt(dirname(path), "FolderNotWritable", () => {
    try {
      closeSync(openSync(path, "wx", 0o600))
    } catch (cause) {
      // Another process made it just now.
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause
    }
  })

/**
 * Why this path can not be opened as a database, or undefined. Makes the folder and, for its owner alone, the file where
 * they are missing.
 */
export const checkPath = (path: string): DatabaseRefused | undefined => {
  const folder = checkFolder(dirname(path))
  if (folder !== undefined || isInMemory(path)) return folder
  return existsSync(path) ? checkExisting(path) : makeForOwner(path)
}

/** What a file is that SQLite does not take for a database: the very beginning of one, or something else. */
export const stranger = (path: string): "HalfWritten" | "NotADatabase" =>
  magic.startsWith(readFileSync(path, "latin1").slice(0, magic.length)) ? "HalfWritten" : "NotADatabase"

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Whether a file has fewer bytes than its pages need; while there is something in the write-ahead log they can be there. */
export const isCutShort = (path: string, promisedBytes: number): boolean =>
  sizeOf(`${path}-wal`) === 0 && sizeOf(path) < promisedBytes
