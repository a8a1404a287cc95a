/** Puts the parts of an installation together for each kind of process. */
import type { IdentityError } from "@purser/domain/identity"
import type { AccountError } from "@purser/domain/ledger"
import { type BooksOfAnotherWallet, type MoneroAddress, TicketIntake } from "@purser/domain/tickets"
import { HttpServers, type ListenRefused, type TrustedProxyMalformed } from "@purser/http"
import type { SeedRefused } from "@purser/integrations/banano"
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
import { FaucetLine, type LineRefused } from "../rewards/FaucetLine.ts"
import { publicUrlOf } from "../rewards/publicUrl.ts"
import { internalKey } from "../tickets/layerKeys.ts"
import { layerIntake, layerTickets } from "../tickets/layerTickets.ts"

/** Every reason for which a process does not start. Each has a message for the operator. */
export type StartRefused =
  | AccountError
  | BooksOfAnotherWallet
  | ClusterUnavailable
  | IdentityError
  | KeyFileUnusable
  | LineRefused
  | ListenRefused
  | MoneroAddress.AddressMalformed
  | OpenRefused
  | SandboxNotStarted
  | SeedRefused
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

/** The jobs of this process, those of the faucet among them: one engine holds them all. */
const layerJobs = <E, R>(settings: Settings, faucet: Layer.Layer<never, E, R>) =>
  Jobs.layer({
    monitor: { startHeight: settings.startHeight, pollMillis: settings.pollIntervalMillis },
    reconcile: reconcileOptions(settings)
  }).pipe(
    Layer.provide(layerIntake(settings)),
    Layer.merge(faucet),
    Layer.provide(layerEngine(settings))
  )

const sandboxedIn = ({ monero, rewards }: Settings): ReadonlyArray<string> => [
  ...monero.mode === "sandbox" ? ["monero"] : [],
  ...rewards.mode === "sandbox" ? ["discord", "yunite", "fortnite", "banano"] : []
]

const layerHttp = <E, R>(settings: Settings, faucet: Layer.Layer<never, E, R>) =>
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
      sandboxed: sandboxedIn(settings)
    }))).pipe(
      Layer.provide(Layer.mergeAll(layerHealth(settings), layerReadings(settings), layerTickets(settings), faucet))
    )

/** Opens the accounts, and refuses books of another wallet before anybody is served. */
const layerBeginnings = (settings: Settings) =>
  Layer.provide(Layer.effectDiscard(TicketIntake.use(({ books }) => books)), layerIntake(settings))

/** What every process stands on: the wallet, and the books that belong to it. */
const layerGround = (settings: Settings) =>
  layerBeginnings(settings).pipe(
    Layer.provideMerge(Layer.mergeAll(layerRail(settings), layerBooks(settings), layerMonitorHealth(settings)))
  )

/** Loaded only where the faucet is on. */
const faucetParts = Effect.promise(() => import("../rewards/installFaucet.ts"))

type Faucet = Effect.Success<typeof faucetParts>

type FaucetOn = Exclude<Settings["rewards"], { readonly mode: "off" }>

/** A process without the faucet, or with it. */
const unlessOff = <A, E, R, E2, R2>(
  { rewards }: Settings,
  without: Layer.Layer<A, E, R>,
  withFaucet: (faucet: Faucet, rewards: FaucetOn) => Layer.Layer<A, E2, R2>
): Layer.Layer<A, E | E2, R | R2> => {
  if (rewards.mode === "off") return without
  return Layer.unwrap(Effect.map(faucetParts, (faucet) => withFaucet(faucet, rewards)))
}

/** API and worker in one process; without a wallet, the sandbox too. */
export const layerServe = (settings: Settings): Layer.Layer<HttpServers | MoneroLine | WalletAddress, StartRefused> =>
  unlessOff(
    settings,
    Layer.mergeAll(layerHttp(settings, Layer.empty), layerJobs(settings, Layer.empty)).pipe(
      Layer.provideMerge(layerGround(settings))
    ),
    ({ layerFaucetGround, layerFaucetHttp, layerFaucetJobs }, rewards) =>
      Layer.mergeAll(
        layerHttp(settings, layerFaucetHttp(settings)),
        layerJobs(settings, layerFaucetJobs(settings))
      ).pipe(
        Layer.provideMerge(layerFaucetGround(settings)),
        Layer.provideMerge(layerGround(settings)),
        Layer.provide(FaucetLine.layerWithSandboxes(rewards, { ...settings, publicUrl: publicUrlOf(settings) }))
      )
  ).pipe(Layer.provideMerge(MoneroLine.layerWithSandbox(settings)))

/** The API alone. */
export const layerApi = (settings: Settings): Layer.Layer<HttpServers, StartRefused> =>
  unlessOff(
    settings,
    Layer.provideMerge(layerHttp(settings, Layer.empty), layerGround(settings)),
    ({ layerFaucetGround, layerFaucetHttp }, rewards) =>
      layerHttp(settings, layerFaucetHttp(settings)).pipe(
        Layer.provideMerge(layerFaucetGround(settings)),
        Layer.provideMerge(layerGround(settings)),
        Layer.provide(FaucetLine.layer(rewards, settings))
      )
  ).pipe(Layer.provideMerge(MoneroLine.layer(settings)))

/** The worker alone; without a wallet it runs the sandbox. */
export const layerWorker = (settings: Settings): Layer.Layer<MoneroLine | WalletAddress, StartRefused> =>
  unlessOff(
    settings,
    Layer.provideMerge(layerJobs(settings, Layer.empty), layerGround(settings)),
    ({ layerFaucetGround, layerFaucetJobs }, rewards) =>
      layerJobs(settings, layerFaucetJobs(settings)).pipe(
        Layer.provideMerge(layerFaucetGround(settings)),
        Layer.provideMerge(layerGround(settings)),
        Layer.provide(FaucetLine.layerWithSandboxes(rewards, { ...settings, publicUrl: publicUrlOf(settings) }))
      )
  ).pipe(Layer.provideMerge(MoneroLine.layerWithSandbox(settings)))
