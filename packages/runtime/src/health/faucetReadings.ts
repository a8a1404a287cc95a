/** Shows the figures of the faucet that are counted from the rows of the database. */
import { FaucetFigures, JobRuns } from "@purser/domain/faucet"
import { FaucetShown } from "@purser/jobs"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Scrapes do not wait longer for a database that does not answer; the figures are then those of before. */
const patienceMillis = 1000

/** Reads them anew, whichever process made them. */
export const readFaucet = (dryRun: boolean): Effect.Effect<void, never, FaucetFigures | JobRuns> =>
  Effect.gen(function*() {
    const figures = yield* FaucetFigures.use(({ read }) => read(dryRun))
    const runs = yield* JobRuns.use(({ all }) => all)
    const nowMillis = yield* Clock.currentTimeMillis
    const last = runs.find(({ job, outcome }) => job === "accrual" && outcome === "ok")?.finishedAtMillis ?? null
    yield* FaucetShown.show({ ...figures, dryRun, accrualLagMillis: last === null ? null : nowMillis - last })
  }).pipe(
    Effect.timeout(patienceMillis),
    Effect.catch((error) => Effect.logDebug(`the figures of the faucet are old: ${error.message}`))
  )
