/** Shows the rate and the limits that hold now. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"
import { set } from "./set.ts"

/** `purser payouts config` */
export const config = Command.make("config", { json: jsonFlag }, deferred(() => import("./runConfig.ts"))).pipe(
  Command.withShortDescription("Show rate and limits, or set them"),
  Command.withDescription("Show what a kill earns, the caps of players and the limits of spending, as they hold now"),
  Command.withSubcommands([set])
)
