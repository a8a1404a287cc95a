/** Puts every job in office. */
import type { IdempotencyStore } from "@purser/domain/idempotency"
import type { LedgerStore } from "@purser/domain/ledger"
import type { PaymentStore } from "@purser/domain/payments"
import type { ReconciliationStore } from "@purser/domain/reconciliation"
import type { TicketIntake } from "@purser/domain/tickets"
import * as Layer from "effect/Layer"
import type { Engine } from "./engine/index.ts"
import type { MoneroRail } from "./monero/MoneroRail.ts"
import type { MonitorHealth } from "./monero/MonitorHealth.ts"
import * as MonitorMonero from "./monero/MonitorMonero.ts"
import * as ExpireHolds from "./upkeep/ExpireHolds.ts"
import * as PruneAnswers from "./upkeep/PruneAnswers.ts"
import * as Reconcile from "./upkeep/Reconcile.ts"

/** Which jobs run, and how. What is left out runs as its file says; `monitor: null` leaves Monero alone. */
export interface JobsOptions {
  readonly monitor: MonitorMonero.MonitorOptions | null
  readonly expireHolds?: ExpireHolds.ExpireHoldsOptions
  readonly pruneAnswers?: PruneAnswers.PruneAnswersOptions
  readonly reconcile?: Reconcile.ReconcileOptions
}

/** What the upkeep of the books needs. */
export type UpkeepRequirements = Engine | IdempotencyStore | LedgerStore | ReconciliationStore

/** What the monitor needs. */
export type MonitorRequirements = Engine | MoneroRail | MonitorHealth | PaymentStore | TicketIntake

type UpkeepOptions = Omit<JobsOptions, "monitor">

const layerHousekeeping = ({ expireHolds, pruneAnswers }: UpkeepOptions) =>
  Layer.mergeAll(ExpireHolds.layer(expireHolds), PruneAnswers.layer(pruneAnswers))

/** Holds, answers, and the books by themselves, without any rail. */
export const layerUpkeep = (options: UpkeepOptions = {}): Layer.Layer<never, never, UpkeepRequirements> =>
  Layer.merge(layerHousekeeping(options), Reconcile.layer([], options.reconcile))

/** All jobs. Give it one `Engine`: names must differ within one. */
export const layer = (
  { monitor, ...upkeep }: JobsOptions
): Layer.Layer<never, never, MonitorRequirements | UpkeepRequirements> =>
  monitor === null
    ? layerUpkeep(upkeep)
    : Layer.mergeAll(
      layerHousekeeping(upkeep),
      Reconcile.layer([MonitorMonero.railCaughtUp(monitor.startHeight)], upkeep.reconcile),
      MonitorMonero.layer(monitor)
    )
