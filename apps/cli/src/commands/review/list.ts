/** Lists signs of abuse. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser review list` */
export const list = Command.make(
  "list",
  {
    all: Flag.Boolean("all").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Also those that somebody has decided about")
    ),
    player: Flag.String("player").pipe(
      Flag.withMetavar("PLAYER"),
      Flag.withDescription("Only of this player, by Discord id or by the id that payouts show"),
      Flag.optional
    ),
    after: Flag.String("after").pipe(
      Flag.withMetavar("NUMBER"),
      Flag.withDescription("Go on behind this one; the end of a page says which"),
      Flag.optional
    ),
    limit: Flag.Int("limit").pipe(
      Flag.withDefault(50),
      Flag.withDescription("At most so many, 1 to 1,000; 50 unless given")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runList.ts"))
).pipe(Command.withDescription("List signs of abuse that nobody has decided about, the newest first"))
