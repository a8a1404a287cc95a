/** Shows how the rewards program goes. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser rewards status` */
export const status = Command.make("status", { json: jsonFlag }, deferred(() => import("./runStatus.ts"))).pipe(
  Command.withShortDescription("Show jobs, payouts and books at a glance"),
  Command.withDescription(
    "Show jobs as they last ran, payouts that are under way, and whether the books hold. Exit code 1: something needs a look"
  )
)
