/** Declares what is measured: a ledger that answers calls, and can be asked what it keeps. */
import type { Effect } from "effect/Effect"
import type { Movement } from "./movements.ts"

/** The database behind a ledger. */
export type StoreName = "postgres" | "sqlite"
/** What is measured: ours, the anchor, and the floors that are written by hand. */
export type TargetName = "purser" | "pgledger" | "cte" | "batch"

/** What one caller sends at once: one movement, or, to a floor in batches, a thousand. */
export interface Call {
  readonly count: number
  readonly send: Effect<unknown, unknown>
}

/** What is kept of one account: its row, and what its entries come to. Balances are credits less debits. */
export interface Kept {
  readonly balanceMinor: bigint
  readonly version: bigint
  /** The number of its entries. */
  readonly entries: bigint
  /** The running balance in the newest of them. */
  readonly runningMinor: bigint
  /** The sum of its transfers. */
  readonly movedMinor: bigint
}

/** A ledger with `accountCount` accounts. */
export interface Target {
  readonly store: StoreName
  readonly name: TargetName
  /** True when all movements go through one connection, in batches, however many callers there would be. */
  readonly isBatched: boolean
  /** Makes the calls beforehand, so that making them is not measured. */
  readonly prepare: (movements: ReadonlyArray<Movement>) => ReadonlyArray<Call>
  /** Forces each commit to disk as it is asked to by default, or not. */
  readonly setDurable: (isDurable: boolean) => Promise<void>
  /** All accounts, by their index, and the number of transfers. */
  readonly read: () => Promise<{ readonly accounts: ReadonlyArray<Kept>; readonly transfers: bigint }>
  /** The server processes that work for it now. */
  readonly processes: () => Promise<ReadonlyArray<number>>
  readonly close: () => Promise<void>
}
