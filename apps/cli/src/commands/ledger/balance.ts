/** Shows what an account stands at, now or at a point in the past. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger balance` */
export const balance = Command.make(
  "balance",
  {
    code: Argument.String("account").pipe(Argument.withDescription("Code of the account, such as tickets:claimed")),
    at: Flag.String("at").pipe(
      Flag.withAlias("at-time"),
      Flag.withMetavar("TIME"),
      Flag.withDescription("What had taken effect by this time"),
      Flag.optional
    ),
    sequence: Flag.String("sequence").pipe(
      Flag.withAlias("at-sequence"),
      Flag.withMetavar("NUMBER"),
      Flag.withDescription("What had been booked up to this transfer"),
      Flag.optional
    ),
    json: jsonFlag
  },
  deferred(() => import("./runBalance.ts"))
).pipe(Command.withDescription("Show what an account stands at, now or in the past"))
