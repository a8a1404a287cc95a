/** Takes a ledger in that was written out. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger import` */
export const importBooks = Command.make(
  "import",
  {
    file: Argument.String("file").pipe(
      Argument.withDescription("What purser ledger export wrote; - reads standard input")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runImport.ts"))
).pipe(
  Command.withShortDescription("Take an exported ledger into an empty one"),
  Command.withDescription(
    "Take an exported ledger into an empty one. Every transfer is decided again by the rules, and the log ends with the same root, or the import fails. Run it again after it was stopped: it goes on where it was"
  ),
  Command.withExamples([{ command: "purser ledger import books.ndjson", description: "After purser migrate" }])
)
