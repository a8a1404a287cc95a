/** Keeps the last run of each job in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState } from "../../transaction/testing/index.ts"
import { FaucetJob, type JobRun, JobRuns } from "../JobRuns.ts"

const never = (job: FaucetJob): JobRun => ({
  job,
  startedAtMillis: null,
  finishedAtMillis: null,
  outcome: null,
  detail: "",
  askedAtMillis: null
})

/** `JobRuns` on a table. */
export const jobRunsInMemory: Layer.Layer<JobRuns, never, MemoryState> = Layer.effect(
  JobRuns,
  Effect.gen(function*() {
    const { statement, table } = yield* MemoryState
    const runs = table<FaucetJob, JobRun>()
    const last = (job: FaucetJob): JobRun => runs.get(job) ?? never(job)
    const change = (job: FaucetJob, fields: (run: JobRun) => Partial<JobRun>) =>
      statement(() => runs.set(job, { ...last(job), ...fields(last(job)) }))
    return JobRuns.of({
      all: statement(() => FaucetJob.literals.map(last)),
      ask: (job, atMillis) => change(job, ({ askedAtMillis }) => ({ askedAtMillis: askedAtMillis ?? atMillis })),
      started: (job, atMillis) => change(job, () => ({ startedAtMillis: atMillis, askedAtMillis: null })),
      finished: (job, { atMillis, detail, outcome }) =>
        change(job, () => ({ finishedAtMillis: atMillis, outcome, detail }))
    })
  })
)
