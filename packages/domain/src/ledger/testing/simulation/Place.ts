/** Declares where a simulated ledger lives, and how it can be harmed there. */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { LedgerStore } from "../../index.ts"

/**
 * What befalls a process when it next commits.
 *
 * - `CrashBeforeCommit`, `CrashAfterCommit`: it dies, and nobody hears from it again. What it had not committed is gone.
 * - `CommitLost`, `AnswerLost`: the line breaks on the way there, or on the way back: the outcome is in doubt for callers.
 * - `Unavailable`: it gets no connection at all, for as long as the fault is armed.
 * - `StatementLost`: the line breaks within a transaction, before COMMIT.
 * - `Contended`: the database says that another transaction was first, once.
 */
export type Fault =
  | "CrashBeforeCommit"
  | "CrashAfterCommit"
  | "CommitLost"
  | "AnswerLost"
  | "Unavailable"
  | "StatementLost"
  | "Contended"

/** Whether what was under way when a fault struck has come to be: known to us, though not to its callers. */
export type Fate = "applied" | "undone" | "either"

/** Faults that do the same to callers on every kind of store, and what becomes of their requests. */
export const fates: Readonly<Partial<Record<Fault, Fate>>> = {
  CrashBeforeCommit: "undone",
  CrashAfterCommit: "applied",
  CommitLost: "undone",
  AnswerLost: "applied",
  Unavailable: "undone"
}

/** A process with a ledger. Its scope ends it without ado. */
export interface Process {
  readonly store: LedgerStore["Service"]
  /** Lets the fault strike at the next occasion. */
  readonly arm: (fault: Fault) => void
  /** Lets nothing strike any more; answers whether something has. */
  readonly disarm: () => boolean
  /** A process that has crashed reaches nothing any more; what its callers are told is void. */
  readonly hasCrashed: () => boolean
}

/** A ledger that outlives its processes. It begins empty and goes with the scope that it was made in. */
export interface Place {
  readonly name: string
  /** Whether several processes may work at the same moment. */
  readonly isShared: boolean
  /** Starts a process on what is there. */
  readonly start: Effect.Effect<Process, never, Scope.Scope>
}
