/** Puts the jobs of the faucet in office. The signer is a singleton of its own. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Engine } from "../engine/index.ts"
import * as AccrueKills from "./AccrueKills.ts"
import { singleton } from "./faucetJob.ts"
import * as PruneFaucet from "./PruneFaucet.ts"
import * as ReconcilePayouts from "./ReconcilePayouts.ts"
import * as SettleDebts from "./SettleDebts.ts"
import * as VerifyPlayers from "./VerifyPlayers.ts"

/** How often each runs; what is left out runs as its file says. */
export interface FaucetJobsOptions {
  readonly accrual?: AccrueKills.AccrueKillsOptions
  readonly settlementEveryMillis?: number
  readonly verification?: VerifyPlayers.VerifyPlayersOptions
  readonly pruneEveryMillis?: number
  readonly reconciliationEveryMillis?: number
}

/** All of them. */
export const layer = (options: FaucetJobsOptions = {}) =>
  Layer.effectDiscard(Engine.use((engine) =>
    Effect.all([
      engine.start(singleton(AccrueKills.declared(options.accrual))),
      engine.start(singleton(SettleDebts.declared(options.settlementEveryMillis))),
      engine.start(singleton(VerifyPlayers.declared(options.verification))),
      engine.start(singleton(PruneFaucet.declared(options.pruneEveryMillis))),
      engine.start(singleton(ReconcilePayouts.declared(options.reconciliationEveryMillis)))
    ], { discard: true })
  ))
