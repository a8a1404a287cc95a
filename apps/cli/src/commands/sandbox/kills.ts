/** Has somebody play Fortnite in the sandbox. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser sandbox kills` */
export const kills = Command.make(
  "kills",
  {
    player: Argument.String("player").pipe(
      Argument.withDescription("Epic id or name, or the beginning of the name, such as ada")
    ),
    kills: Argument.Int("kills").pipe(Argument.withDescription("How many more")),
    matches: Flag.Int("matches").pipe(
      Flag.withDescription("In how many matches, of 15 minutes each; as many as is plausible unless given"),
      Flag.optional
    ),
    json: jsonFlag
  },
  deferred(() => import("./runKills.ts"))
).pipe(Command.withDescription("Have somebody play: the stats of Fortnite show so many kills more"))
