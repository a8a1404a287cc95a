/** Shows the figures of the program. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser payouts stats` */
export const stats = Command.make("stats", { json: jsonFlag }, deferred(() => import("./runStats.ts"))).pipe(
  Command.withDescription("Show the figures of the program: players, what was earned, owed and paid, and by region")
)
