/** Pays a ticket or an address with play money. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { amountFlag } from "../ticket/flags.ts"
import { sandboxUrlFlag } from "./flags.ts"

/** `purser sandbox pay` */
export const pay = Command.make(
  "pay",
  {
    target: Argument.String("ticket").pipe(Argument.withDescription("Ticket file or address to pay; - reads a ticket")),
    amount: amountFlag,
    url: sandboxUrlFlag,
    json: jsonFlag
  },
  deferred(() => import("./runPay.ts"))
).pipe(Command.withDescription("Pay a ticket with play money: the price of a ticket, or --amount"))
