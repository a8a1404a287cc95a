/** Shows one payout. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser payouts show` */
export const show = Command.make(
  "show",
  {
    id: Argument.String("id").pipe(Argument.withDescription("The payout, as purser payouts list shows it")),
    json: jsonFlag
  },
  deferred(() => import("./runShow.ts"))
).pipe(Command.withDescription("Show a payout with its block and the kills that it pays"))
