/** Lists what moved an account, with its balance after each line. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger statement` */
export const statement = Command.make(
  "statement",
  {
    code: Argument.String("account").pipe(Argument.withDescription("Code of the account, such as tickets:claimed")),
    after: Flag.String("after").pipe(
      Flag.withMetavar("LINE"),
      Flag.withDescription("Begin after this line"),
      Flag.optional
    ),
    limit: Flag.Int("limit").pipe(Flag.withDefault(100), Flag.withDescription("At most so many lines, 1 to 1,000")),
    json: jsonFlag
  },
  deferred(() => import("./runStatement.ts"))
).pipe(Command.withDescription("List what moved an account, oldest first, with its balance after each line"))
