/** Checks what an installation depends on, for probes and for `purser doctor`. */
import type { PaymentStore } from "@purser/domain/payments"
import { Health } from "@purser/http"
import type { MoneroDaemon } from "@purser/integrations/monero"
import type { MonitorHealth } from "@purser/jobs"
import { Database } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { moneroCheck, type Verdict } from "./moneroCheck.ts"

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

const checks = Effect.map(
  Effect.all([bounded(databaseCheck), bounded(moneroCheck)], { concurrency: "unbounded" }),
  ([database, monero]) => [{ name: "database", ...database }, { name: "monero", ...monero }]
)

/** Database and Monero, looked at when somebody asks. */
export const layerHealth: Layer.Layer<
  Health,
  never,
  Database.Services | MoneroDaemon | MonitorHealth | PaymentStore
> = Layer.effect(
  Health,
  Effect.map(
    Effect.context<Database.Services | MoneroDaemon | MonitorHealth | PaymentStore>(),
    (context) => ({ checks: Effect.provideContext(checks, context) })
  )
)
