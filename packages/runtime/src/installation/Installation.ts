/** Puts the parts of an installation together for each kind of process. */
import type { AccountError } from "@purser/domain/ledger"
import { type BooksOfAnotherWallet, type MoneroAddress, TicketIntake } from "@purser/domain/tickets"
import { HttpServers, type ListenRefused, type TrustedProxyMalformed } from "@purser/http"
import { type ClusterUnavailable, Engine, Fencing, Jobs, MonitorHealth, Reconcile } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { layerBooks, type OpenRefused } from "../database/layerDatabase.ts"
import { layerHealth, layerReadings } from "../health/layerHealth.ts"
import type { KeyFileUnusable } from "../keys/keyFile.ts"
import { layerRail } from "../monero/layerRail.ts"
import { MoneroLine, type SandboxNotStarted } from "../monero/MoneroLine.ts"
import type { WalletAddress, WalletRefused } from "../monero/WalletAddress.ts"
import { internalKey } from "../tickets/layerKeys.ts"
import { layerIntake, layerTickets } from "../tickets/layerTickets.ts"

/** Every reason for which a process does not start. Each has a message for the operator. */
export type StartRefused =
  | AccountError
  | BooksOfAnotherWallet
  | ClusterUnavailable
  | KeyFileUnusable
  | ListenRefused
  | MoneroAddress.AddressMalformed
  | OpenRefused
  | SandboxNotStarted
  | TrustedProxyMalformed
  | WalletRefused

const silentLooks = 10
const leastSilentMillis = 120_000
const leastPauseMillis = 500

/** A monitor that misses ten looks has fallen silent. */
const layerMonitorHealth = ({ pollIntervalMillis }: Settings) =>
  MonitorHealth.layer({ silentMillis: Math.max(leastSilentMillis, silentLooks * pollIntervalMillis) })

/** One process alone, or one of several that share a PostgreSQL. */
const layerEngine = ({ database, workerAddress }: Settings) => {
  const engine = workerAddress?._tag === "tcp" && database.dialect === "postgres"
    ? Engine.layerCluster({ host: workerAddress.host, port: workerAddress.port })
    : Engine.layerSingle()
  return Layer.provide(engine, Fencing.layer)
}

/** A difference is one when it outlasts the looks of the monitor, which take in what was under way. */
const reconcileOptions = ({ pollIntervalMillis, reconcileIntervalMillis }: Settings) => ({
  ...Reconcile.defaults,
  everyMillis: reconcileIntervalMillis,
  pauseMillis: Math.max(leastPauseMillis, 2 * pollIntervalMillis)
})

const layerJobs = (settings: Settings) =>
  Jobs.layer({
    monitor: { startHeight: settings.startHeight, pollMillis: settings.pollIntervalMillis },
    reconcile: reconcileOptions(settings)
  }).pipe(
    Layer.provide(Layer.merge(layerEngine(settings), layerIntake(settings)))
  )

const layerHttp = (settings: Settings) =>
  Layer.unwrap(Effect.map(internalKey(settings), (key) =>
    HttpServers.layer({
      public: settings.http,
      internal: settings.internalHttp,
      fallbacks: {
        ...settings.httpFallback === null ? {} : { public: settings.httpFallback },
        ...settings.internalHttpFallback === null ? {} : { internal: settings.internalHttpFallback }
      },
      internalKey: key,
      trustedProxies: settings.trustedProxies,
      limits: { redeem: { requests: settings.redeemLimit, windowSeconds: 60 } },
      sandboxed: settings.monero.mode === "sandbox" ? ["monero"] : []
    }))).pipe(Layer.provide(Layer.mergeAll(layerHealth(settings), layerReadings, layerTickets(settings))))

/** Opens the accounts, and refuses books of another wallet before anybody is served. */
const layerBeginnings = (settings: Settings) =>
  Layer.provide(Layer.effectDiscard(TicketIntake.use(({ books }) => books)), layerIntake(settings))

/** What every process stands on: the wallet, and the books that belong to it. */
const layerGround = (settings: Settings) =>
  layerBeginnings(settings).pipe(
    Layer.provideMerge(Layer.mergeAll(layerRail(settings), layerBooks(settings), layerMonitorHealth(settings)))
  )

/** API and worker in one process; without a wallet, the sandbox too. */
export const layerServe = (settings: Settings): Layer.Layer<HttpServers | MoneroLine | WalletAddress, StartRefused> =>
  Layer.mergeAll(layerHttp(settings), layerJobs(settings)).pipe(
    Layer.provideMerge(layerGround(settings)),
    Layer.provideMerge(MoneroLine.layerWithSandbox(settings))
  )

/** The API alone. */
export const layerApi = (settings: Settings): Layer.Layer<HttpServers, StartRefused> =>
  layerHttp(settings).pipe(
    Layer.provideMerge(layerGround(settings)),
    Layer.provideMerge(MoneroLine.layer(settings))
  )

/** The worker alone; without a wallet it runs the sandbox. */
export const layerWorker = (settings: Settings): Layer.Layer<MoneroLine | WalletAddress, StartRefused> =>
  layerJobs(settings).pipe(
    Layer.provideMerge(layerGround(settings)),
    Layer.provideMerge(MoneroLine.layerWithSandbox(settings))
  )
