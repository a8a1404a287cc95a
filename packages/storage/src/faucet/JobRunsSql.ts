/** Keeps the last run of each job in the database at hand. */
import { FaucetJob, type JobRun, JobRuns } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { codes } from "../codes.ts"
import type { Services } from "../Database.ts"
import { decoded } from "../decoded.ts"
import { asStorageError } from "../failures.ts"
import * as Queries from "../Queries.ts"

interface Row {
  readonly job: string
  readonly started_at_millis: bigint | null
  readonly finished_at_millis: bigint | null
  readonly outcome: bigint | null
  readonly detail: string
  readonly asked_at_millis: bigint | null
}
interface Tables {
  readonly job_run: Row
}
type Sql = Queries.Queries<Tables>

const outcomes = codes<"ok" | "failed">("outcome of a job", { ok: 1n, failed: 2n })
const decodeJob = Schema.decodeUnknownSync(FaucetJob)

const never = (job: FaucetJob): Row => ({
  job,
  started_at_millis: null,
  finished_at_millis: null,
  outcome: null,
  detail: "",
  asked_at_millis: null
})

const numberOrNull = (value: bigint | null): number | null => value === null ? null : Number(value)

const runOf = (row: Row): JobRun => ({
  job: decodeJob(row.job),
  startedAtMillis: numberOrNull(row.started_at_millis),
  finishedAtMillis: numberOrNull(row.finished_at_millis),
  outcome: row.outcome === null ? null : outcomes.nameOf(row.outcome),
  detail: row.detail,
  askedAtMillis: numberOrNull(row.asked_at_millis)
})

const inOrder = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> => {
  const known = new Map(rows.map((row) => [row.job, row]))
  return FaucetJob.literals.map((job) => known.get(job) ?? never(job))
}

const change = ({ build }: Sql, job: FaucetJob, fields: Partial<Row>) =>
  build.insertInto("job_run")
    .values({ ...never(job), ...fields })
    .onConflict((conflict) => conflict.column("job").doUpdateSet(fields))

/** Who asked first is waited for. */
const ask = ({ build }: Sql, job: FaucetJob, atMillis: number) =>
  build.insertInto("job_run")
    .values({ ...never(job), asked_at_millis: BigInt(atMillis) })
    .onConflict((conflict) =>
      conflict.column("job").doUpdateSet(({ fn }) => ({
        asked_at_millis: fn.coalesce("job_run.asked_at_millis", "excluded.asked_at_millis")
      }))
    )

/** `JobRuns` on SQLite or PostgreSQL. */
export const layer: Layer.Layer<JobRuns, never, Services> = Layer.effect(
  JobRuns,
  Effect.map(Queries.make<Tables>(), (queries) => {
    const rows = Effect.map(queries.all(queries.build.selectFrom("job_run").selectAll()), inOrder)
    return JobRuns.of({
      all: asStorageError("JobRuns.all")(decoded(rows, runOf)),
      ask: (job, atMillis) => asStorageError("JobRuns.ask")(queries.run(ask(queries, job, atMillis))),
      started: (job, atMillis) =>
        asStorageError("JobRuns.started")(
          queries.run(change(queries, job, { started_at_millis: BigInt(atMillis), asked_at_millis: null }))
        ),
      finished: (job, { atMillis, detail, outcome }) =>
        asStorageError("JobRuns.finished")(
          queries.run(
            change(queries, job, {
              finished_at_millis: BigInt(atMillis),
              outcome: outcomes.codeOf(outcome),
              detail
            })
          )
        )
    })
  })
)
