import { assert, describe, type Vitest } from "@effect/vitest"
import { FaucetJob, type JobRun, JobRuns } from "@purser/domain/faucet"
import { jobRunsInMemory } from "@purser/domain/faucet/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql/SqlClient"
import { type Everything, onEveryStore } from "../onEveryStore.ts"

const never = (job: FaucetJob): JobRun => ({
  job,
  startedAtMillis: null,
  finishedAtMillis: null,
  outcome: null,
  detail: "",
  askedAtMillis: null
})

const last = (job: FaucetJob) =>
  JobRuns.use((runs) => Effect.map(runs.all, (all) => all.find((run) => run.job === job)!))

const suite = (it: Vitest.MethodsNonLive<JobRuns | Transaction>): void => {
  it.effect("lists every job in order, also those that never ran", () =>
    Effect.gen(function*() {
      const runs = yield* JobRuns
      assert.deepStrictEqual(yield* runs.all, FaucetJob.literals.map(never))
      yield* runs.ask("prune", 1)
      assert.deepStrictEqual((yield* runs.all).map(({ job }) => job), [...FaucetJob.literals])
    }))

  it.effect("waits since the first who asked, until a run begins", () =>
    Effect.gen(function*() {
      const runs = yield* JobRuns
      yield* runs.ask("accrual", 5)
      yield* runs.ask("accrual", 9)
      assert.deepStrictEqual(yield* last("accrual"), { ...never("accrual"), askedAtMillis: 5 })
      yield* runs.started("accrual", 10)
      assert.deepStrictEqual(yield* last("accrual"), { ...never("accrual"), startedAtMillis: 10 })
      yield* runs.ask("accrual", 11)
      assert.strictEqual((yield* last("accrual")).askedAtMillis, 11)
    }))

  it.effect("tells how the last run ended while the next one goes on", () =>
    Effect.gen(function*() {
      const runs = yield* JobRuns
      const detail = "paid \"3\" to ä"
      yield* runs.started("payout", 1)
      yield* runs.finished("payout", { atMillis: 2, outcome: "failed", detail })
      const failed = { ...never("payout"), startedAtMillis: 1, finishedAtMillis: 2, outcome: "failed", detail } as const
      assert.deepStrictEqual(yield* last("payout"), failed)
      yield* runs.started("payout", Number.MAX_SAFE_INTEGER)
      assert.deepStrictEqual(yield* last("payout"), { ...failed, startedAtMillis: Number.MAX_SAFE_INTEGER })
      yield* runs.ask("payout", 3)
      yield* runs.finished("payout", { atMillis: 4, outcome: "ok", detail: "" })
      const { askedAtMillis, finishedAtMillis, outcome } = yield* last("payout")
      assert.deepStrictEqual([askedAtMillis, finishedAtMillis, outcome], [3, 4, "ok"])
    }))

  it.effect("forgets what its transaction undoes", () =>
    Effect.gen(function*() {
      const runs = yield* JobRuns
      const { atomically } = yield* Transaction
      yield* Effect.flip(atomically(Effect.andThen(runs.ask("settlement", 1), Effect.fail("no"))))
      assert.deepStrictEqual(yield* last("settlement"), never("settlement"))
    }))
}

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("leaves out jobs that only another version knows", () =>
    Effect.gen(function*() {
      const runs = yield* JobRuns
      const sql = yield* SqlClient
      yield* sql`INSERT INTO job_run (job, detail) VALUES ('another', '')`
      assert.strictEqual((yield* runs.all).length, FaucetJob.literals.length)
    }))
}

describe("RW-18 RW-19 runs of jobs", () => {
  onEveryStore(jobRunsInMemory, suite, ofDatabases)
})
