/** Reports why a database was not opened. */
import * as Data from "effect/Data"

/**
 * - `FolderNotWritable`: the folder of the file is missing and can not be made, or can not be written.
 * - `FileNotWritable`: the file can not be read and written by this user.
 * - `NotADatabase`: the file is something else.
 * - `HalfWritten`: the file is shorter than it says, or damaged: a copy that was not finished. Restore it from a backup.
 * - `NotDurable`: it can not keep a write-ahead log: a database in memory, or on a file system without shared memory.
 * - `Unreachable`: no server answers there, or it takes no more connections. A retry can help.
 * - `WrongCredentials`: the server refuses the user or the password, or has no such database.
 * - `SchemaNotAName`: a schema is called by lower-case letters, digits and `_`, 63 at most, no digit first.
 * - `SchemaNotWritable`: the schema is missing, and this user may not make it.
 */
export type RefusalReason =
  | "FolderNotWritable"
  | "FileNotWritable"
  | "NotADatabase"
  | "HalfWritten"
  | "NotDurable"
  | "Unreachable"
  | "WrongCredentials"
  | "SchemaNotAName"
  | "SchemaNotWritable"

/** A database was not opened. `where` is a path or a host and port, without secrets. */
export class DatabaseRefused extends Data.TaggedError("DatabaseRefused")<{
  readonly reason: RefusalReason
  readonly where: string
  readonly cause?: unknown
}> {
  override get message(): string {
    return `${this.where}: ${this.reason}`
  }
}
