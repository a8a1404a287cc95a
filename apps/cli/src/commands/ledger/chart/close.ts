/** Closes an account. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger close` */
export const close = Command.make(
  "close",
  {
    code: Argument.String("account").pipe(Argument.withDescription("Code of the account, such as user:42:available")),
    json: jsonFlag
  },
  deferred(() => import("./runClose.ts"))
).pipe(
  Command.withShortDescription("Close an account"),
  Command.withDescription(
    "Close an account: transfers to it are refused from then on. Refused while holds are pending; it is not opened again"
  )
)
