/** Proves to outsiders that the books only grew. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"
import { outFlag } from "./flags.ts"

/** `purser ledger consistency` */
export const consistency = Command.make(
  "consistency",
  {
    from: Flag.String("from").pipe(
      Flag.withMetavar("SIZE"),
      Flag.withDescription("Size of the older head: the number on its second line")
    ),
    out: outFlag,
    json: jsonFlag
  },
  deferred(() => import("./runConsistency.ts"))
).pipe(
  Command.withDescription(
    "Write the proof that the log as it is now begins with all that was in it at a size: nothing altered, nothing taken away"
  ),
  Command.withExamples([
    {
      command: "purser ledger consistency --from 1200 --out growth.txt",
      description: "From a head of 1,200 transfers"
    },
    {
      command: "purser ledger verify --consistency growth.txt --old head.txt --key books.vkey",
      description: "What the keeper of the older head runs"
    }
  ])
)
