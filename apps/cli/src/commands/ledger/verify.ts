/** Recomputes every invariant of the books from their transfers, or checks a proof without them. */
import * as Command from "effect/cli/Command"
import * as Option from "effect/Option"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { proofFlags } from "./log/flags.ts"

const verifyBooks = deferred(() => import("./runVerify.ts"))
const checkFiles = deferred(() => import("./log/runCheck.ts"))

/** `purser ledger verify` */
export const verify = Command.make(
  "verify",
  { ...proofFlags, json: jsonFlag },
  ({ json, ...files }) =>
    Object.values(files).some(Option.isSome) ? checkFiles({ ...files, json }) : verifyBooks({ json })
).pipe(
  Command.withDescription(
    "Recompute every invariant from the transfers: balances, rules, sequence, statements, holds, the log. Exit code 1 when one breaks. With --proof or --consistency: check that file with a public key alone"
  ),
  Command.withExamples([
    { command: "purser ledger verify", description: "Audit the books" },
    {
      command: "purser ledger verify --proof order.tlog-proof --key books.vkey",
      description: "Check a receipt: needs neither database nor settings"
    }
  ])
)
