/** Reports why a database was not brought up to date. */
import * as Data from "effect/Data"

/**
 * - `LateMigration`: it has a lower id than one that has run; it was merged too late and needs a new id.
 * - `NewerDatabase`: it has run, but this program does not know it: a newer program owns the database.
 * - `Renamed`: another one has run under that id.
 * - `Gap`: the ids of this program do not count up from 1 by one.
 * - `HalfWritten`: tables are there that no migration made, or missing although one made them: restore a backup.
 */
export type MigrationRefusal = "LateMigration" | "NewerDatabase" | "Renamed" | "Gap" | "HalfWritten"

/** Nothing was changed. `subject` names the migration or table. */
export class MigrationRefused extends Data.TaggedError("MigrationRefused")<{
  readonly reason: MigrationRefusal
  readonly subject: string
}> {
  override get message(): string {
    return `${this.subject}: ${this.reason}`
  }
}
