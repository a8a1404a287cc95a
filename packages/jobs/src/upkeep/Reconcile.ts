/** Holds the books against themselves and against every rail, keeps what came of it, and raises the alarm. */
import { LedgerStore } from "@purser/domain/ledger"
import {
  type Difference,
  type Look,
  lookOf,
  Rail,
  ReconciliationStore,
  type Report
} from "@purser/domain/reconciliation"
import { StorageError } from "@purser/domain/transaction"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine, type Schedule, scheduled, type Stale, type Term } from "../engine/index.ts"
import { showImbalance, worded } from "./imbalance.ts"

export { showImbalance } from "./imbalance.ts"

/** What makes a rail's own failure readable in the log. */
interface RailFailure {
  readonly _tag: string
  readonly message: string
}

/**
 * How often to look, and how to tell a difference from money that is under way: it counts when `looks` looks (1 or more),
 * `pauseMillis` apart, all show it. The books alone are looked at once: one statement reads them.
 */
export interface ReconcileOptions {
  readonly everyMillis: number
  readonly looks: number
  readonly pauseMillis: number
}

/** Every 15 minutes; three looks, 10 seconds apart. */
export const defaults: ReconcileOptions = { everyMillis: 900_000, looks: 3, pauseMillis: 10_000 }

/** What every look agrees on, with the figures of the last. */
const persisting = (before: ReadonlyArray<Difference>, now: ReadonlyArray<Difference>): ReadonlyArray<Difference> => {
  const known = new Set(before.map(({ what }) => what))
  return now.filter(({ what }) => known.has(what))
}

/** Looks again while there are differences. */
export const lookAgain = Effect.fnUntraced(function*<E, R>(
  rail: Rail.Rail<E, R>,
  { looks, pauseMillis }: Omit<ReconcileOptions, "everyMillis">
): Effect.fn.Return<ReadonlyArray<Difference>, E, R> {
  let found = yield* rail.compare
  for (let look = 1; look < looks && found.length > 0; look += 1) {
    yield* Effect.sleep(pauseMillis)
    found = persisting(found, yield* rail.compare)
  }
  return found
})

/** The books by themselves: one look for each asset that they hold. */
export const lookAtBooks: Effect.Effect<ReadonlyArray<Look>, StorageError, LedgerStore> = Effect.gen(function*() {
  const atMillis = yield* Clock.currentTimeMillis
  const trials = yield* LedgerStore.use((ledger) => ledger.trialBalance)
  return trials.map((trial) => lookOf({ rail: Rail.books, asset: trial.asset, atMillis }, Rail.trialDifferences(trial)))
})

/** One rail; none when it does not answer: it will be asked again, and the age of its last report tells. */
const lookAtRail = <E extends RailFailure, R>(rail: Rail.Rail<E, R>, options: ReconcileOptions) =>
  lookAgain(rail, options).pipe(
    Effect.flatMap((differences) =>
      Effect.map(Clock.currentTimeMillis, (atMillis): ReadonlyArray<Look> => [
        lookOf({ rail: rail.name, asset: rail.asset, atMillis }, differences)
      ])
    ),
    Effect.catch((error) =>
      error instanceof StorageError
        ? Effect.fail(error)
        : Effect.as(
          Effect.logWarning(`the books were not held against ${rail.name}: ${error._tag}: ${error.message}`),
          []
        )
    )
  )

const keep = Effect.fnUntraced(function*(term: Term, looks: ReadonlyArray<Look>) {
  const store = yield* ReconciliationStore
  const reports = yield* term.guard(Effect.andThen(store.keep(looks), store.last))
  const fresh = reports.filter((report) =>
    looks.some(({ asset, rail }) => asset === report.asset && rail === report.rail)
  )
  yield* showImbalance(fresh)
  yield* Effect.forEach(
    fresh.filter(({ found }) => found > 0),
    (report) => Effect.logError(worded(report)),
    { discard: true }
  )
  return fresh
})

/**
 * Looks once at everything and keeps what came of it, rail by rail: what was kept stays when the process dies before the
 * next. A difference is logged as an error. Answers with the new reports.
 */
export const reconcileAll = Effect.fnUntraced(function*<E extends RailFailure, R>(
  term: Term,
  rails: ReadonlyArray<Rail.Rail<E, R>>,
  options: ReconcileOptions
): Effect.fn.Return<ReadonlyArray<Report>, StorageError | Stale, LedgerStore | ReconciliationStore | R> {
  const reports = [...yield* keep(term, yield* lookAtBooks)]
  for (const rail of rails) reports.push(...yield* keep(term, yield* lookAtRail(rail, options)))
  return reports
})

/** The job. */
export const schedule = <E extends RailFailure, R>(
  rails: ReadonlyArray<Rail.Rail<E, R>>,
  options: ReconcileOptions
): Schedule<StorageError | Stale, LedgerStore | ReconciliationStore | R> => ({
  name: "ledger.reconcile",
  everyMillis: options.everyMillis,
  run: (term) => Effect.asVoid(reconcileAll(term, rails, options))
})

/** Keeps the job in office. */
export const layer = <E extends RailFailure, R>(
  rails: ReadonlyArray<Rail.Rail<E, R>>,
  options: ReconcileOptions = defaults
): Layer.Layer<never, never, Engine | LedgerStore | ReconciliationStore | R> =>
  Layer.effectDiscard(Engine.use((engine) => engine.start(scheduled(schedule(rails, options)))))
