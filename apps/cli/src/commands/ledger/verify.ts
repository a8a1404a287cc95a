/** Recomputes every invariant of the books from their transfers. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger verify` */
export const verify = Command.make(
  "verify",
  { json: jsonFlag },
  deferred(() => import("./runVerify.ts"))
).pipe(
  Command.withDescription(
    "Recompute every invariant from the transfers: balances, rules, sequence, statements, holds. Exit code 1 when one breaks"
  )
)
