/** Signs the head of the ledger's log and prints it. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger head` */
export const head = Command.make("head", { json: jsonFlag }, deferred(() => import("./runHead.ts"))).pipe(
  Command.withDescription(
    "Sign the head of the log of all transfers and print it: a checkpoint that others keep, to hold later ones against"
  ),
  Command.withExamples([{
    command: "purser ledger head > head.txt",
    description: "Keep what the books are committed to"
  }])
)
