/** Runs the sandbox by itself, and drives the chain of one that runs. */
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { daemon, mine, reorganise, status } from "./chain.ts"
import { pay } from "./pay.ts"

/** `purser sandbox` */
export const sandbox = Command.make(
  "sandbox",
  {},
  deferred(() => import("./runSandbox.ts"))
).pipe(
  Command.withDescription(
    "Run the Monero sandbox by itself, or drive the chain of one that runs: pay, mine, reorganise"
  ),
  Command.withSubcommands([pay, mine, reorganise, daemon, status])
)
