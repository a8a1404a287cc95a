/** Gathers what a payer does with a ticket. */
import * as Command from "effect/cli/Command"
import { newTicket } from "./newTicket.ts"
import { redeem } from "./redeem.ts"
import { status } from "./status.ts"
import { uri } from "./uri.ts"

/** `purser ticket` */
export const ticket = Command.make("ticket").pipe(
  Command.withDescription("Make a ticket, pay it from any Monero wallet, and redeem it for a token"),
  Command.withSubcommands([newTicket, uri, redeem, status])
)
