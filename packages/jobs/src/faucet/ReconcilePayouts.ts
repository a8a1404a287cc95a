/** Holds the books against the operator's account, and keeps what came of it. */
import { FaucetSettings } from "@purser/domain/faucet"
import { lookOf, ReconciliationStore } from "@purser/domain/reconciliation"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { rail } from "../banano/PayBananoPayouts.ts"
import { showImbalance, worded } from "../upkeep/imbalance.ts"
import { lookAgain } from "../upkeep/Reconcile.ts"
import type { Declared } from "./faucetJob.ts"

/** Every 15 minutes. */
export const defaultEveryMillis = 900_000

/** A difference counts when three looks, 10 seconds apart, all show it: what is under way has arrived by then. */
const patience = { looks: 3, pauseMillis: 10_000 } as const

const run = Effect.gen(function*() {
  const { dryRun } = yield* FaucetSettings
  if (dryRun) return "nothing is paid in a dry run"
  const store = yield* ReconciliationStore
  const differences = yield* lookAgain(rail, patience)
  const atMillis = yield* Clock.currentTimeMillis
  yield* store.keep([lookOf({ rail: rail.name, asset: rail.asset, atMillis }, differences)])
  const reports = (yield* store.last).filter((report) => report.rail === rail.name)
  yield* showImbalance(reports)
  yield* Effect.forEach(
    reports.filter(({ found }) => found > 0),
    (report) => Effect.logError(worded(report)),
    { discard: true }
  )
  return differences.length === 0 ? "the books and the account agree" : `${differences.length} differences`
})

/** The job. */
export const declared = (everyMillis = defaultEveryMillis) =>
  ({ job: "reconciliation", everyMillis, run }) satisfies Declared<unknown, unknown>
