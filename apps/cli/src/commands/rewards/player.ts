/** Shows where a player stands. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** Whoever is meant. */
export const playerArgument = Argument.String("player").pipe(
  Argument.withDescription("By Discord id, or by the id that payouts show")
)

/** `purser rewards player` */
export const player = Command.make(
  "player",
  { player: playerArgument, json: jsonFlag },
  deferred(() => import("./runPlayer.ts"))
).pipe(Command.withDescription("Show where a player stands, and why nothing is earned or paid, where that is so"))
