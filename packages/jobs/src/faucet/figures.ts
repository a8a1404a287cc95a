/** Counts what the jobs of the faucet do. No player, name or free text is ever a label. */
import type { ReadRound, Settled } from "@purser/domain/faucet"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Metric from "effect/Metric"

const counter = (name: string, description: string, attributes: Readonly<Record<string, string>> = {}) =>
  Metric.counter(name, { description, incremental: true, attributes })

const accrual = {
  considered: counter("accrual_users_considered_total", "Players whose stats were due for a reading."),
  rows: counter("accrual_rows_created_total", "Accruals booked."),
  zero: counter("accrual_zero_delta_total", "Readings that earned nothing."),
  kills: counter("accrual_kills_delta_total", "Kills booked."),
  signals: counter("risk_signals_total", "Signs of abuse that a reading showed.")
}

/** Counts a round of readings. */
export const countReadings = ({ accruals, due, kills, read, signals }: ReadRound): Effect.Effect<void> =>
  Effect.all([
    Metric.update(accrual.considered, due),
    Metric.update(accrual.rows, accruals),
    Metric.update(accrual.zero, read - accruals),
    Metric.update(accrual.kills, kills),
    Metric.update(accrual.signals, signals)
  ], { discard: true })

const settlement = {
  candidates: counter("settlement_candidates_total", "Players who were owed something at a settlement."),
  payouts: counter("settlement_payouts_total", "Payouts made."),
  accruals: counter("settlement_accruals_settled_total", "Accruals put into payouts.")
}

/** Counts a settlement. */
export const countSettlement = ({ accruals, candidates, payouts }: Settled): Effect.Effect<void> =>
  Effect.all([
    Metric.update(settlement.candidates, candidates),
    Metric.update(settlement.payouts, payouts),
    Metric.update(settlement.accruals, accruals)
  ], { discard: true })

/** Counts a run of a job that failed. `job` is one of a closed set. */
export const countFailure = (job: string): Effect.Effect<void> =>
  Metric.update(counter("scheduler_errors_total", "Runs of jobs that failed.", { job }), 1)

const calls = counter("fortnite_calls_total", "Questions to the provider of stats.")
const errors = counter("fortnite_errors_total", "Questions that the provider of stats did not answer.")
const latency = Metric.histogram("fortnite_request_latency_seconds", {
  description: "Time from a question about stats to its answer, waits for the provider's limit included.",
  boundaries: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
})

/** Counts a question to the provider of stats. */
export const countQuestion = <A, E, R>(question: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.gen(function*() {
    const from = yield* Clock.currentTimeMillis
    const exit = yield* Effect.exit(question)
    const seconds = ((yield* Clock.currentTimeMillis) - from) / 1000
    yield* Metric.update(calls, 1)
    yield* Metric.update(latency, seconds)
    if (Exit.isFailure(exit)) yield* Metric.update(errors, 1)
    return yield* exit
  })

const gauge = (name: string, description: string, attributes: Readonly<Record<string, string>> = {}) =>
  Metric.gauge(name, { description, attributes })

/** What is shown of the program as a whole, from the rows of the database: the same from every process. */
export interface Shown {
  readonly dryRun: boolean
  readonly flaggedPlayers: number
  readonly killsByRegion: ReadonlyMap<string, number>
  readonly payoutsByRegion: ReadonlyMap<string, number>
  /** Since the last round of readings that went well; null before the first. */
  readonly accrualLagMillis: number | null
}

/** Puts it into the figures of this process. Regions are a closed set. */
export const show = (shown: Shown): Effect.Effect<void> =>
  Effect.all([
    Metric.update(gauge("app_dry_run_mode", "1 while nothing is broadcast."), Number(shown.dryRun)),
    Metric.update(gauge("flagged_users_total", "Players with an open sign of abuse."), shown.flaggedPlayers),
    Metric.update(
      gauge("payout_accrual_lag_minutes", "Minutes since stats were last read without a failure."),
      (shown.accrualLagMillis ?? 0) / 60_000
    ),
    ...[...shown.killsByRegion].map(([region, kills]) =>
      Metric.update(gauge("kills_by_region_total", "Kills booked, by coarse region.", { region }), kills)
    ),
    ...[...shown.payoutsByRegion].map(([region, payouts]) =>
      Metric.update(gauge("payouts_by_region_total", "Payouts, by coarse region.", { region }), payouts)
    )
  ], { discard: true })
