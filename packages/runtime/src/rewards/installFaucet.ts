/** Puts the faucet into a process: what it stands on, its jobs, and what is served of it. */
import { FaucetHttp } from "@purser/http"
import { FaucetJobs, PayBananoPayouts, SignerHealth } from "@purser/jobs"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { sessionSecret } from "./accessKeys.ts"
import { fundOperator } from "./fundOperator.ts"
import { layerFaucet, layerSigner } from "./layerFaucet.ts"
import { layerIdentity } from "./layerIdentity.ts"
import { publicUrlOf } from "./publicUrl.ts"

/** How often the signer looks when nothing wakes it. */
const signerPollMillis = 2000

/** Where anybody can look up a real block. */
const explorerUrl = "https://creeper.banano.cc/hash/{hash}"

/** The jobs and the signer. */
export const layerFaucetJobs = ({ rewards: { plan } }: Settings) =>
  Layer.mergeAll(
    FaucetJobs.layer({
      accrual: { everyMillis: plan.accrualEveryMillis, limit: 500 },
      settlementEveryMillis: plan.settlementEveryMillis
    }),
    PayBananoPayouts.layer({ pollMillis: signerPollMillis })
  ).pipe(Layer.provide(layerSigner))

/** What is served: pages, sign-in, and the routes of players and admins. */
export const layerFaucetHttp = (settings: Settings) =>
  Layer.unwrap(Effect.map(sessionSecret(settings), (formSecret) => {
    const { access: { regionHeader }, mode, plan, product } = settings.rewards
    return FaucetHttp.layer({
      product,
      publicUrl: publicUrlOf(settings),
      formSecret,
      ...regionHeader === null ? {} : { regionHeader },
      explorerUrl: mode === "live" ? explorerUrl : null,
      settlementMinutes: plan.settlementEveryMillis / 60_000,
      timeZone: DateTime.zoneToString(plan.resetZone)
    })
  })).pipe(Layer.provide(layerIdentity(settings)))

/** The use cases on the stores at hand, and in a sandbox the money to play with. */
export const layerFaucetGround = ({ rewards }: Settings) =>
  Layer.effectDiscard(fundOperator(rewards.mode === "dry_run")).pipe(
    Layer.provideMerge(Layer.merge(layerFaucet(rewards), SignerHealth.layer()))
  )
