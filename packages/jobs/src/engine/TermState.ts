/** Models where a singleton stands in this process. */

/**
 * - `standby`: not here; another process may run it, or it is about to start.
 * - `running`: in office here.
 * - `backing_off`: it failed here and is about to be started anew.
 * - `finished`: it ended by itself and is not started again.
 */
export type TermPhase = "standby" | "running" | "backing_off" | "finished"

/** A singleton in this process. `failures` counts terms in a row that failed early; `detail` words the last failure. */
export interface TermState {
  readonly name: string
  readonly phase: TermPhase
  readonly token: bigint | null
  readonly failures: number
  readonly detail: string | null
  readonly sinceMillis: number
}
