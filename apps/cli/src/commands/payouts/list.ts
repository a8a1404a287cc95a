/** Lists payouts. */
import { PayoutStatus } from "@purser/domain/payouts"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser payouts list` */
export const list = Command.make(
  "list",
  {
    player: Flag.String("player").pipe(
      Flag.withMetavar("PLAYER"),
      Flag.withDescription("Only to this player, by Discord id or by the id that payouts show"),
      Flag.optional
    ),
    status: Flag.Literals("status", PayoutStatus.literals).pipe(
      Flag.withDescription("Only those that stand like this"),
      Flag.optional
    ),
    after: Flag.String("after").pipe(
      Flag.withMetavar("ID"),
      Flag.withDescription("Go on behind this payout; the end of a page says which"),
      Flag.optional
    ),
    limit: Flag.Int("limit").pipe(
      Flag.withDefault(50),
      Flag.withDescription("At most so many, 1 to 1,000; 50 unless given")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runList.ts"))
).pipe(Command.withDescription("List payouts, the newest first, page by page"))
