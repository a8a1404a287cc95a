/** Has a job run now, in the one process that may run it, and waits for what comes of it. */
import { FaucetAdmin, type FaucetJob, type JobRun } from "@purser/domain/faucet"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { timeOrNull } from "../../faucet/shown.ts"
import { operator, withFaucet } from "../../faucet/withFaucet.ts"
import { CommandFailed, failed } from "../../terminal/CommandFailed.ts"
import { print } from "../../terminal/output.ts"

interface Input {
  readonly job: FaucetJob
  readonly wait: boolean
  /** In seconds. */
  readonly patience: number
  readonly json: boolean
}

const lookMillis = 250

const stateOf = Effect.fnUntraced(function*(job: FaucetJob) {
  const { jobs } = yield* FaucetAdmin
  const run = (yield* jobs).find((one) => one.job === job)
  return run ?? (yield* failed(`no job ${job}`))
})

const isRunning = ({ finishedAtMillis, startedAtMillis }: JobRun): boolean =>
  startedAtMillis !== null && (finishedAtMillis === null || finishedAtMillis < startedAtMillis)

const notBegun = (job: FaucetJob) =>
  new CommandFailed({
    message:
      `${job} is asked for, and no process has begun it: is purser serve, or a worker, running on this database?`,
    exitCode: 3
  })

/** The run that began after it was asked for. A process looks every second; one that is busy with another run is waited for. */
const outcomeOf = Effect.fnUntraced(function*(before: JobRun, patience: number) {
  const untilMillis = (yield* Clock.currentTimeMillis) + patience * 1000
  while (true) {
    const now = yield* stateOf(before.job)
    const hasBegun = now.askedAtMillis === null && now.startedAtMillis !== before.startedAtMillis
    if (hasBegun && !isRunning(now)) return now
    if (!hasBegun && !isRunning(now) && (yield* Clock.currentTimeMillis) > untilMillis) {
      return yield* notBegun(before.job)
    }
    yield* Effect.sleep(lookMillis)
  }
})

const ask = Effect.fnUntraced(function*({ job, patience, wait }: Input) {
  const before = yield* stateOf(job)
  yield* FaucetAdmin.use(({ trigger }) => trigger(operator, job))
  return wait ? yield* outcomeOf(before, patience) : undefined
})

/** What the command does. */
export const run = Effect.fnUntraced(function*(input: Input) {
  const { job, json } = input
  const ended = yield* withFaucet(ask(input))
  if (ended === undefined) return yield* print(json, { job, status: "asked" }, `${job} is asked for`)
  const { detail, finishedAtMillis, outcome, startedAtMillis } = ended
  const times = { started_at: timeOrNull(startedAtMillis), finished_at: timeOrNull(finishedAtMillis) }
  yield* print(json, { job, outcome, detail, ...times }, `${job}: ${detail}`)
  if (outcome === "failed") return yield* failed(`${job} failed; the log of the process that runs it says more`)
})
