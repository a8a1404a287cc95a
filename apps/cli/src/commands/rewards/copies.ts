/** Hands out, or forgets, what is kept about a player. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { playerArgument } from "./player.ts"

/** `purser rewards export` */
export const exportPlayer = Command.make(
  "export",
  {
    player: playerArgument,
    out: Flag.String("out").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("Write a file for its owner alone instead of standard output"),
      Flag.optional
    )
  },
  deferred(() => import("./runExport.ts"))
).pipe(Command.withDescription("Print everything that is kept about a player, as JSON"))

/** `purser rewards erase` */
export const erase = Command.make(
  "erase",
  {
    player: playerArgument,
    yes: Flag.Boolean("yes").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Do it; without, it is only said what would be erased")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runErase.ts"))
).pipe(
  Command.withShortDescription("Forget who a player is"),
  Command.withDescription(
    "Forget who a player is: account, name, links, verifications, signs of abuse, sessions. What is owed and unpaid is given up; payouts stay under the opaque id"
  )
)
