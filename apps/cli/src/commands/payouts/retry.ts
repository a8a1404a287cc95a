/** Takes the debt of a failed payout up again. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser payouts retry` */
export const retry = Command.make(
  "retry",
  {
    id: Argument.String("id").pipe(Argument.withDescription("A payout that failed, as purser payouts list shows it")),
    json: jsonFlag
  },
  deferred(() => import("./runRetry.ts"))
).pipe(
  Command.withShortDescription("Queue a failed payout again"),
  Command.withDescription(
    "Queue a failed payout again. Acts on the debt, so it can not pay twice: what is paid, may still land or is in another payout is refused"
  )
)
