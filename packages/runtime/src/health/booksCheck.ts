/** Judges when the books were last held against themselves and the rails, and what came of it. */
import { ReconciliationStore, type Report } from "@purser/domain/reconciliation"
import { Reconcile } from "@purser/jobs"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Verdict } from "./moneroCheck.ts"

const time = (millis: number): string => new Date(millis).toISOString()

/** So many looks may fail or be late before the last one is too old to rely on. */
const toleratedLooks = 3
/** A worker that is busy with a look may be late by this. */
const graceMillis = 60_000

const lastSound = ({ soundAtMillis }: Report): string =>
  soundAtMillis === null ? "never sound" : `last sound ${time(soundAtMillis)}`

const judged = (everyMillis: number, nowMillis: number) => (report: Report): string | undefined => {
  if (report.found > 0) return `the books differ from ${report.rail} (${report.asset}), ${lastSound(report)}`
  const ageMillis = nowMillis - report.atMillis
  return ageMillis > toleratedLooks * everyMillis + graceMillis
    ? `not held against ${report.rail} since ${time(report.atMillis)}`
    : undefined
}

/** Never down: books that are off need a person, and those who pay are served meanwhile. */
export const booksCheck = (everyMillis: number): Effect.Effect<Verdict, never, ReconciliationStore> =>
  Effect.gen(function*() {
    const reports = yield* ReconciliationStore.use(({ last }) => last)
    const nowMillis = yield* Clock.currentTimeMillis
    const problems = reports.map(judged(everyMillis, nowMillis)).filter((problem) => problem !== undefined)
    if (problems.length > 0) return { state: "degraded", detail: problems.join("; ") } satisfies Verdict
    const [oldest] = reports.map(({ atMillis }) => atMillis).sort((left, right) => left - right)
    return {
      state: "ok",
      detail: oldest === undefined ? "not reconciled yet" : `reconciled ${time(oldest)}`
    } satisfies Verdict
  }).pipe(Effect.catch((error) => Effect.succeed<Verdict>({ state: "degraded", detail: error.message })))

/** Scrapes do not wait longer for a database that does not answer; the figures are then those of before. */
const patienceMillis = 1000

/** Shows the last reports in the figures of this process, whichever process made them. */
export const readImbalance: Effect.Effect<void, never, ReconciliationStore> = ReconciliationStore.use(({ last }) =>
  Effect.flatMap(last, Reconcile.showImbalance)
).pipe(
  Effect.timeout(patienceMillis),
  Effect.catch((error) => Effect.logDebug(`the figures of the books are old: ${error.message}`))
)
