/** Declares what a migration is, and the words that differ between the two databases. */
import type { DialectName } from "../Dialect.ts"

/** What a migration writes its tables with. */
export interface Ddl {
  readonly dialect: DialectName
  /** 64 bits, signed; read as bigint. */
  readonly integer: string
  /** A state or other small code; read as bigint. */
  readonly code: string
  /** Compares and sorts by bytes on both databases. */
  readonly text: string
  readonly bytes: string
  /** A UUID: a type of its own on PostgreSQL, 16 bytes on SQLite. */
  readonly uuid: string
  /** A primary key that counts up by itself. */
  readonly counted: string
  /** Ends every `CREATE TABLE (…)`: makes SQLite check types. */
  readonly end: string
  /** Ends the table in place of `end`, where rows are read along their primary key: SQLite keeps them in its order. */
  readonly endClustered: string
  /** Ends the table in place of `end`, where rows change again and again: PostgreSQL leaves room for the next version. */
  readonly endChanging: string
  /** A check that a column of bytes has that many. */
  readonly hasLength: (column: string, bytes: number) => string
  /** Triggers that refuse every update and delete. Needs `0001_base` on PostgreSQL. */
  readonly appendOnly: (table: string) => ReadonlyArray<string>
}

/** One step forward; there are none back. Ids count from 1 without a gap. Once released a migration never changes. */
export interface Migration {
  readonly id: number
  /** Lower-case words joined by `_`. */
  readonly name: string
  /** One statement each; tables are made by `CREATE TABLE name (…`. */
  readonly statements: (ddl: Ddl) => ReadonlyArray<string>
}

/** How a migration is called: `0001_base`. */
export const label = ({ id, name }: Pick<Migration, "id" | "name">): string => `${String(id).padStart(4, "0")}_${name}`

const sqlite: Ddl = {
  dialect: "sqlite",
  integer: "INTEGER",
  code: "INTEGER",
  text: "TEXT",
  bytes: "BLOB",
  uuid: "BLOB",
  counted: "INTEGER PRIMARY KEY AUTOINCREMENT",
  end: " STRICT",
  endClustered: " STRICT, WITHOUT ROWID",
  endChanging: " STRICT",
  hasLength: (column, bytes) => `length(${column}) = ${bytes}`,
  appendOnly: (table) =>
    ["UPDATE", "DELETE"].map((deed) =>
      `CREATE TRIGGER ${table}_refuses_${deed.toLowerCase()} BEFORE ${deed} ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`
    )
}

const postgres: Ddl = {
  dialect: "postgres",
  integer: "bigint",
  code: "smallint",
  text: "text COLLATE \"C\"",
  bytes: "bytea",
  uuid: "uuid",
  counted: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  end: "",
  endClustered: "",
  endChanging: " WITH (fillfactor = 50)",
  hasLength: (column, bytes) => `octet_length(${column}) = ${bytes}`,
  appendOnly: (table) => [
    `CREATE TRIGGER ${table}_refuses_changes BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
    `CREATE TRIGGER ${table}_refuses_truncate BEFORE TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`
  ]
}

/** The words of each database. */
export const ddls: Readonly<Record<DialectName, Ddl>> = { sqlite, postgres }
