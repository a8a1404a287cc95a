/** Redeems a ticket for its token, waiting for the payment where asked to. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { urlFlag } from "./flags.ts"

/** `purser ticket redeem` */
export const redeem = Command.make(
  "redeem",
  {
    file: Argument.String("file").pipe(Argument.withDescription("Ticket file; - reads standard input")),
    wait: Flag.Boolean("wait").pipe(
      Flag.withAlias("w"),
      Flag.withDefault(false),
      Flag.withDescription("Wait until the payment has arrived and is final")
    ),
    url: urlFlag,
    json: jsonFlag
  },
  deferred(() => import("./runRedeem.ts"))
).pipe(
  Command.withDescription(
    "Redeem a ticket for its token. The same ticket gives the same token for ever. Exit code 3: not yet"
  ),
  Command.withExamples([
    { command: "purser ticket redeem ticket.json --wait", description: "Wait until the payment is final" }
  ])
)
