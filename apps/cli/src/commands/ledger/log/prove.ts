/** Proves to outsiders that a transfer is in the books. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"
import { outFlag } from "./flags.ts"

/** `purser ledger prove` */
export const prove = Command.make(
  "prove",
  {
    id: Argument.String("transfer").pipe(Argument.withDescription("Id of the transfer")),
    out: outFlag,
    json: jsonFlag
  },
  deferred(() => import("./runProve.ts"))
).pipe(
  Command.withDescription(
    "Write the proof that a transfer is in the books: with the public key alone, anybody can check it. It shows that transfer and no other"
  ),
  Command.withExamples([
    {
      command: "purser ledger prove 0b7e5ad0-0001-4002-8003-000000000004 --out order.tlog-proof",
      description: "A receipt to hand out"
    },
    { command: "purser ledger verify --proof order.tlog-proof --key books.vkey", description: "What its holder runs" }
  ])
)
