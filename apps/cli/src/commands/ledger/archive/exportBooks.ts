/** Writes the whole ledger out. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger export` */
export const exportBooks = Command.make(
  "export",
  {
    out: Flag.String("out").pipe(
      Flag.withAlias("o"),
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Where to write; the file appears when it is whole, for its owner alone. Standard output unless given"
      ),
      Flag.optional
    ),
    json: jsonFlag
  },
  deferred(() => import("./runExport.ts"))
).pipe(
  Command.withShortDescription("Write the whole ledger out as lines of JSON"),
  Command.withDescription(
    "Write all accounts and transfers out as lines of JSON, with the root of the log that they add up to. Others can post meanwhile"
  ),
  Command.withExamples([
    { command: "purser ledger export --out books.ndjson", description: "Into a file" },
    { command: "purser ledger export | gzip > books.ndjson.gz", description: "Through a pipe" }
  ])
)
