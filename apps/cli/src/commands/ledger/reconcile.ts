/** Holds the books against what a rail says that it holds. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger reconcile` */
export const reconcile = Command.make(
  "reconcile",
  {
    rail: Argument.Literals("rail", ["monero"]).pipe(Argument.withDescription("The rail to ask")),
    json: jsonFlag
  },
  deferred(() => import("./runReconcile.ts"))
).pipe(
  Command.withDescription("Hold the books against the wallet, payment by payment, up to the block that was last read")
)
