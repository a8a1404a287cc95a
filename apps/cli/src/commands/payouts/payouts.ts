/** Gathers what an operator does about payouts. */
import * as Command from "effect/cli/Command"
import { config } from "./config/config.ts"
import { halt, resume } from "./halt.ts"
import { list } from "./list.ts"
import { retry } from "./retry.ts"
import { show } from "./show.ts"
import { stats } from "./stats.ts"

/** `purser payouts` */
export const payouts = Command.make("payouts").pipe(
  Command.withDescription(
    "Look at what is paid to players, stop it, and set rate and limits. Works on the database directly; a running server follows"
  ),
  Command.withSubcommands([list, show, retry, halt, resume, config, stats]),
  Command.withExamples([
    { command: "purser payouts list --status failed", description: "What was not paid, and why" },
    { command: "purser payouts halt", description: "Sign nothing from now on" },
    { command: "purser payouts config set --ban-per-kill 2.5", description: "What a kill earns from now on" }
  ])
)
