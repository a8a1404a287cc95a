/** Declares where jobs say when they ran, and where somebody asks for one to run now. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StorageError } from "../transaction/index.ts"

/** The jobs of the program that somebody may ask for. */
export const FaucetJob = Schema.Literals(["accrual", "settlement", "payout", "verification", "reconciliation", "prune"])
export type FaucetJob = typeof FaucetJob.Type

/** A job as it last went. */
export interface JobRun {
  readonly job: FaucetJob
  readonly startedAtMillis: number | null
  readonly finishedAtMillis: number | null
  /** Null while it runs for the first time, or never ran. */
  readonly outcome: "ok" | "failed" | null
  /** One line: what it did, or why it failed; without secrets. */
  readonly detail: string
  /** When somebody asked for a run that has not begun; null otherwise. */
  readonly askedAtMillis: number | null
}

/** Keeps the last run of each job. Joins the surrounding `Transaction`. */
export class JobRuns extends Context.Service<JobRuns, {
  /** Every job, also those that never ran, in the order of `FaucetJob`. */
  readonly all: Effect.Effect<ReadonlyArray<JobRun>, StorageError>
  /** Asks for a run. Asking twice is asking once. */
  readonly ask: (job: FaucetJob, atMillis: number) => Effect.Effect<void, StorageError>
  /** Notes the start, and that nobody waits any more. */
  readonly started: (job: FaucetJob, atMillis: number) => Effect.Effect<void, StorageError>
  readonly finished: (
    job: FaucetJob,
    end: { readonly atMillis: number; readonly outcome: "ok" | "failed"; readonly detail: string }
  ) => Effect.Effect<void, StorageError>
}>()("@purser/domain/faucet/JobRuns") {}
