/** Holds the books against themselves, and against what each rail says that it holds. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** `purser ledger reconcile` */
export const reconcile = Command.make(
  "reconcile",
  {
    rail: Argument.Literals("rail", ["books", "monero"]).pipe(
      Argument.withDescription(
        "books: debits against credits. monero: the wallet, payment by payment. All when left out"
      ),
      Argument.optional
    ),
    last: Flag.Boolean("last").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Show what the worker found last, and when the books were last sound; asks no rail")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runReconcile.ts"))
).pipe(
  Command.withShortDescription("Hold the books against themselves and against each rail"),
  Command.withDescription(
    "Hold the books against themselves and against each rail, up to the block that was last read. Exit code 1 when they differ"
  ),
  Command.withExamples([
    { command: "purser ledger reconcile", description: "Look now, at everything" },
    { command: "purser ledger reconcile --last", description: "What the last look of the worker found" }
  ])
)
