/** Gathers the HTTP API of an installation that runs the faucet: both doors, and everything that they answer besides. */
import * as OpenApi from "effect/http-api/OpenApi"
import { InternalApi } from "../../InternalApi.ts"
import { PublicApi } from "../../PublicApi.ts"
import { adminPayoutsGroup } from "./adminPayouts.ts"
import { adminPlayersGroup } from "./adminPlayers.ts"
import { adminProgramGroup } from "./adminProgram.ts"
import { historyGroup } from "./history.ts"
import { playerGroup } from "./player.ts"
import { productGroup } from "./product.ts"
import { sessionsGroup } from "./sessions.ts"
import { signInGroup } from "./signIn.ts"

export * from "./adminPayouts.ts"
export * from "./adminPlayers.ts"
export * from "./adminProgram.ts"
export * from "./credentials.ts"
export * from "./history.ts"
export * from "./player.ts"
export * from "./product.ts"
export * from "./sessions.ts"
export * from "./signIn.ts"

/** The public API with the faucet. */
export const FaucetPublicApi = PublicApi.add(signInGroup, sessionsGroup, playerGroup, historyGroup, productGroup)
  .annotateMerge(OpenApi.annotations({
    title: "Purser with the faucet",
    description: "Pay in Monero, redeem a secret, get a token. Play, earn, get paid in Banano."
  }))

/** The internal API with the faucet. */
export const FaucetInternalApi = InternalApi.add(adminPayoutsGroup, adminPlayersGroup, adminProgramGroup)
  .annotateMerge(OpenApi.annotations({ title: "Purser with the faucet, internal" }))
