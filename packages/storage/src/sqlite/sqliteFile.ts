/** Looks at a SQLite file before it is opened, and refuses by name what can not be right. */
import { accessSync, closeSync, constants, existsSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseRefused, type RefusalReason } from "../DatabaseRefused.ts"

const headerBytes = 100
const magic = "SQLite format 3\0"

const refuse = (reason: RefusalReason, where: string, cause?: unknown): DatabaseRefused =>
  new DatabaseRefused({ reason, where, cause })

const attempt = (body: () => void, refused: (cause: unknown) => DatabaseRefused): DatabaseRefused | undefined => {
  try {
    body()
    return undefined
  } catch (cause) {
    return refused(cause)
  }
}

const checkFolder = (folder: string): DatabaseRefused | undefined =>
  attempt(() => {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
  }, (cause) => refuse("FolderNotWritable", folder, cause))

const read = (path: string): { readonly header: Buffer; readonly size: number } => {
  const file = openSync(path, "r")
  try {
    const header = Buffer.alloc(headerBytes)
    const length = readSync(file, header, 0, headerBytes, 0)
    return { header: header.subarray(0, length), size: fstatSync(file).size }
  } finally {
    closeSync(file)
  }
}

/** Pages of 65,536 bytes are written as 1: https://www.sqlite.org/fileformat.html#page_size */
const pageSize = (header: Buffer): number => header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)

/** The page count in the header only counts when the change counter and the version-valid-for number agree. */
const promisedBytes = (header: Buffer): number =>
  header.readUInt32BE(24) === header.readUInt32BE(92) ? header.readUInt32BE(28) * pageSize(header) : 0

/** While there is a write-ahead log, pages that the header counts may still be in it. */
const checkContent = (path: string): DatabaseRefused | undefined => {
  const { header, size } = read(path)
  if (size === 0) return undefined
  if (header.toString("latin1", 0, Math.min(16, size)) !== magic.slice(0, size)) return refuse("NotADatabase", path)
  if (size < headerBytes) return refuse("HalfWritten", path)
  return !existsSync(`${path}-wal`) && size < promisedBytes(header) ? refuse("HalfWritten", path) : undefined
}

/** Why this path can not be opened as a database, or undefined. Makes the folder where it is missing. */
export const checkFile = (path: string): DatabaseRefused | undefined => {
  const folder = checkFolder(dirname(path))
  if (folder !== undefined || !existsSync(path)) return folder
  const access = attempt(
    () => accessSync(path, constants.R_OK | constants.W_OK),
    (cause) => refuse("FileNotWritable", path, cause)
  )
  return access ?? checkContent(path)
}
