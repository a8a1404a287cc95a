/** Makes a ticket: a secret that stays here, and the address that it is paid to. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { amountFlag } from "./flags.ts"

/** `purser ticket new` */
export const newTicket = Command.make(
  "new",
  {
    address: Flag.String("address").pipe(
      Flag.withMetavar("ADDRESS"),
      Flag.withDescription("The operator's primary Monero address")
    ),
    amount: amountFlag,
    out: Flag.String("out").pipe(
      Flag.withAlias("o"),
      Flag.withMetavar("FILE"),
      Flag.withDescription("Write the ticket to a new file instead of printing its secret"),
      Flag.optional
    ),
    json: jsonFlag
  },
  deferred(() => import("./runNewTicket.ts"))
).pipe(
  Command.withDescription(
    "Make a ticket: a secret that stays with you and the address to pay. Nothing is sent anywhere"
  ),
  Command.withExamples([
    { command: "purser ticket new --address 4… --out ticket.json", description: "Keep the secret in a file" },
    { command: "purser ticket new --address 4… --amount 0.01 --json", description: "For programs" }
  ])
)
