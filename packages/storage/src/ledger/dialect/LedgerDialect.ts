/** Names what the ledger does differently on the two databases. */
import type { Effect } from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { RawBuilder } from "kysely"

/** What a column of given rows holds, in the words of `Ddl`. */
type ColumnType = "integer" | "code" | "text" | "uuid" | "bytes"

/** The columns of rows that are given to a statement, in order. Ids of transfers are UUIDs in text form, bytes are in hex. */
export type Columns = Readonly<Record<string, ColumnType>>

/** What a given row holds in a column. */
type Value = bigint | string | null

/** A row that is given to a statement. */
export type Given<Shape extends Columns> = {
  readonly [Name in keyof Shape]: Shape[Name] extends "integer" | "code" ? bigint | null : string | null
}

/** Rows of any number, as parameters of a statement whose text depends on their columns only. */
export interface GivenRows {
  readonly columns: Columns
  readonly rows: ReadonlyArray<Readonly<Record<string, Value>>>
}

/** One part of what is written. */
export interface Part extends GivenRows {
  readonly name: string
  /** The statement: `rows` is a table `r` with the given rows, `base` the sequence that theirs count from. */
  readonly text: (rows: string, base: string) => string
}

/** All that is written of a decision. */
export interface Writing {
  /** How many new transfers there are. */
  readonly count: bigint
  /** The accounts that change, by number, with the versions that they were decided on. */
  readonly decidedOn: ReadonlyArray<{ readonly id: bigint; readonly version: bigint }>
  readonly parts: ReadonlyArray<Part>
}

/**
 * Counts the new transfers and writes; answers with the sequence before the first of them. Whoever else counts waits from
 * then on until the transaction ends. Undefined when one of the accounts has changed: then nothing was written.
 */
export type Write = (sql: SqlClient, writing: Writing) => Effect<bigint | undefined, SqlError>

/** A UUID as the database holds it. */
export type StoredUuid = string | Uint8Array

/** What to read of an index of transfers by a column and the sequence. */
export interface AlongIndex {
  readonly index: string
  readonly column: string
  readonly value: unknown
  readonly after: bigint
  readonly upTo: bigint
  /** `ASC` or `DESC`. */
  readonly way: RawBuilder<unknown>
  /** What else holds for all that are in the index. */
  readonly also: RawBuilder<unknown>
}

/** What each database has its own way for. */
export interface LedgerDialect {
  readonly uuid: {
    readonly encode: (id: string) => StoredUuid
    readonly decode: (stored: StoredUuid) => string
  }
  /** Text of a table `r` with the given columns; its parameters begin at that number, counted from 1. */
  readonly table: (columns: Columns, firstParameter: number) => string
  /** The parameters of that table. */
  readonly parameters: (given: GivenRows) => ReadonlyArray<unknown>
  /** Joins the row of a table whose unique column equals that of `r`, found through the index, one after the other. */
  readonly find: (table: string, alias: string, column: string) => string
  /** As `find`; the rows, taken in the order of `r`, stay as they are until the transaction ends. */
  readonly findAndLock: LedgerDialect["find"]
  /** Text of the bytes of a column over all rows, one after the other in the order of another column. */
  readonly joinedBytes: (column: string, order: string) => string
  /**
   * Selects the sequences of transfers whose `column` has that value, after one sequence up to and with another, in that
   * order, along the index of the column and the sequence, and no other, whatever a planner believes.
   */
  readonly alongIndex: (along: AlongIndex) => RawBuilder<unknown>
  /**
   * Joins, to what comes before, the rows of a query for sequences that refers to it; the query is run for each. Tells how
   * the sequence is called then.
   */
  readonly eachFirst: (query: RawBuilder<unknown>) => {
    readonly join: RawBuilder<unknown>
    readonly sequence: RawBuilder<unknown>
  }
  /** Ends a SELECT so that its rows stay as they are until the transaction ends. */
  readonly lock: string
  /** Writes within a transaction that holds the accounts. */
  readonly write: Write
  /**
   * Writes outside a transaction, all in one, where the database can: accounts that are not what they were decided on, or
   * that somebody holds, are not waited for.
   */
  readonly writeAtOnce: Write | undefined
  /** Begins a transaction that reads one state of the database throughout, and keeps nobody from writing. */
  readonly beginSnapshot: string
}
