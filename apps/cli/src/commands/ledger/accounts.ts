/** Lists accounts with their balances. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger accounts` */
export const accounts = Command.make(
  "accounts",
  {
    prefix: Flag.String("prefix").pipe(
      Flag.withDefault(""),
      Flag.withDescription("Only accounts whose code begins with this, such as tickets:")
    ),
    limit: Flag.Int("limit").pipe(Flag.withDefault(1000), Flag.withDescription("At most so many, 1,000 unless given")),
    json: jsonFlag
  },
  deferred(() => import("./runAccounts.ts"))
).pipe(Command.withDescription("List accounts with their balances, by code"))
