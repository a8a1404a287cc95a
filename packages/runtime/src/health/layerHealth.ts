/** Checks what an installation depends on, for probes and for `purser doctor`. */
import type { FaucetFigures, JobRuns } from "@purser/domain/faucet"
import type { PaymentStore } from "@purser/domain/payments"
import type { ReconciliationStore } from "@purser/domain/reconciliation"
import { Health, Readings } from "@purser/http"
import type { MoneroDaemon } from "@purser/integrations/monero"
import type { MonitorHealth } from "@purser/jobs"
import { Database } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { booksCheck, readImbalance } from "./booksCheck.ts"
import { readFaucet } from "./faucetReadings.ts"
import { moneroCheck, type Verdict } from "./moneroCheck.ts"
import { signerChecks } from "./signerCheck.ts"

/** A dependency that says nothing for so long counts as down. */
const patienceMillis = 3000

const databaseCheck = Effect.match(Database.ping, {
  onFailure: (error): Verdict => ({ state: "down", detail: error.message }),
  onSuccess: (): Verdict => ({ state: "ok" })
})

const bounded = <R>(check: Effect.Effect<Verdict, never, R>): Effect.Effect<Verdict, never, R> =>
  Effect.timeoutOrElse(check, {
    duration: patienceMillis,
    orElse: () => Effect.succeed<Verdict>({ state: "down", detail: `no answer within ${patienceMillis} ms` })
  })

const checksOf = ({ reconcileIntervalMillis }: Pick<Settings, "reconcileIntervalMillis">) =>
  Effect.map(
    Effect.all([
      bounded(databaseCheck),
      bounded(moneroCheck),
      bounded(booksCheck(reconcileIntervalMillis)),
      signerChecks
    ], { concurrency: "unbounded" }),
    ([database, monero, books, signer]) => [
      { name: "database", ...database },
      { name: "monero", ...monero },
      { name: "books", ...books },
      ...signer
    ]
  )

type Looked = Database.Services | MoneroDaemon | MonitorHealth | PaymentStore | ReconciliationStore

/** Database, Monero and the books, looked at when somebody asks. */
export const layerHealth = (
  settings: Pick<Settings, "reconcileIntervalMillis">
): Layer.Layer<Health, never, Looked> =>
  Layer.effect(
    Health,
    Effect.map(
      Effect.context<Looked>(),
      (context) => ({ checks: Effect.provideContext(checksOf(settings), context) })
    )
  )

/** They are counted from all rows of the program: scrapes that come more often share one count. */
const faucetFiguresMillis = 60_000

/** Figures of the books, and of the faucet where there is one, read when somebody asks. */
export const layerReadings = (
  { rewards }: Pick<Settings, "rewards">
): Layer.Layer<never, never, FaucetFigures | JobRuns | ReconciliationStore> =>
  Layer.effect(
    Readings,
    Effect.gen(function*() {
      const context = yield* Effect.context<FaucetFigures | JobRuns | ReconciliationStore>()
      const books = Effect.provideContext(readImbalance, context)
      if (rewards.mode === "off") return books
      const faucet = Effect.provideContext(readFaucet(rewards.mode === "dry_run"), context)
      return Effect.andThen(books, yield* Effect.cachedWithTTL(faucet, faucetFiguresMillis))
    })
  )
