/** Verifies a player now. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser rewards reverify` */
export const reverify = Command.make(
  "reverify",
  { discordId: Argument.String("discord-id").pipe(Argument.withDescription("17 to 20 digits")), json: jsonFlag },
  deferred(() => import("./runReverify.ts"))
).pipe(
  Command.withShortDescription("Verify a player now"),
  Command.withDescription(
    "Ask now whether a player is on the server and which Epic account is linked; the stats are read next"
  )
)
