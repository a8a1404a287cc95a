/** Prints the public keys of the ledger's log. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../../terminal/deferred.ts"
import { jsonFlag } from "../../../terminal/output.ts"

/** `purser ledger log-key` */
export const logKey = Command.make("log-key", { json: jsonFlag }, deferred(() => import("./runLogKey.ts"))).pipe(
  Command.withDescription(
    "Print the public keys that heads and proofs are checked with, one a line. Give them out on a way that others trust"
  ),
  Command.withExamples([{ command: "purser ledger log-key > books.vkey", description: "The file for verify --key" }])
)
