/** Runs a job of the faucet when it is due or asked for, and says how it went. */
import { type FaucetJob, type JobRun, JobRuns } from "@purser/domain/faucet"
import type { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { describeFailure, type Singleton } from "../engine/index.ts"
import { countFailure } from "./figures.ts"

/** A job. `run` answers with one line on what it did; it is safe to run twice at once, and after a crash at any point. */
export interface Declared<E, R> {
  readonly job: FaucetJob
  readonly everyMillis: number
  readonly run: Effect.Effect<string, E, R>
}

/** How often a job looks whether it is asked for. */
const lookMillis = 1000

/** How long after a failure it is tried again, or sooner where it runs more often. */
const againMillis = 30_000

/** Whether a job is to run now: asked for, never run, long enough ago, or failed and waited. A start without an end died. */
export const isDue = (run: JobRun, everyMillis: number, nowMillis: number): boolean => {
  const { askedAtMillis, finishedAtMillis, outcome, startedAtMillis } = run
  if (askedAtMillis !== null || startedAtMillis === null) return true
  if (finishedAtMillis === null || finishedAtMillis < startedAtMillis) return true
  const waitMillis = outcome === "failed" ? Math.min(everyMillis, againMillis) : everyMillis
  return nowMillis - (outcome === "failed" ? finishedAtMillis : startedAtMillis) >= waitMillis
}

const stateOf = (job: FaucetJob) =>
  JobRuns.use(({ all }) => Effect.map(all, (runs) => runs.find((run) => run.job === job)))

/** Runs once, whatever the clock says. A failure is noted and told, and does not end the term: the next look tries again. */
export const runNow = Effect.fnUntraced(function*<E, R>(
  { job, run }: Declared<E, R>
): Effect.fn.Return<void, StorageError, R | JobRuns> {
  const runs = yield* JobRuns
  yield* runs.started(job, yield* Clock.currentTimeMillis)
  const exit = yield* Effect.exit(Effect.withSpan(run, `faucet.${job}`))
  const atMillis = yield* Clock.currentTimeMillis
  if (Exit.isSuccess(exit)) {
    yield* runs.finished(job, { atMillis, outcome: "ok", detail: exit.value.slice(0, 300) })
    return
  }
  if (Exit.hasInterrupts(exit)) return yield* Effect.interrupt
  yield* Effect.logWarning(`faucet.${job} failed`, exit.cause)
  yield* countFailure(job)
  yield* runs.finished(job, { atMillis, outcome: "failed", detail: describeFailure(exit.cause).slice(0, 300) })
})

/** Runs if it is due. Answers whether it was. */
export const runIfDue = Effect.fnUntraced(function*<E, R>(
  declared: Declared<E, R>
): Effect.fn.Return<boolean, StorageError, R | JobRuns> {
  const state = yield* stateOf(declared.job)
  if (state !== undefined && !isDue(state, declared.everyMillis, yield* Clock.currentTimeMillis)) return false
  yield* runNow(declared)
  return true
})

/** The job as a singleton. Two at once for a moment do no harm: what they write excludes one another. */
export const singleton = <E, R>(declared: Declared<E, R>): Singleton<StorageError, R | JobRuns> => ({
  name: `faucet.${declared.job}`,
  run: () => Effect.forever(Effect.andThen(runIfDue(declared), Effect.sleep(lookMillis)))
})
