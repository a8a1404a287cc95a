/** Prints the payment link of a ticket. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { amountFlag } from "./flags.ts"

/** `purser ticket uri` */
export const uri = Command.make(
  "uri",
  {
    file: Argument.String("file").pipe(Argument.withDescription("Ticket file; - reads standard input")),
    amount: amountFlag,
    json: jsonFlag
  },
  deferred(() => import("./runUri.ts"))
).pipe(Command.withDescription("Print the monero: link of a ticket, for a wallet or a QR code"))
