/** Gathers what an operator does about the rewards program. */
import * as Command from "effect/cli/Command"
import { erase, exportPlayer } from "./copies.ts"
import { player } from "./player.ts"
import { reverify } from "./reverify.ts"
import { run } from "./runNow.ts"
import { sealSeed } from "./sealSeed.ts"
import { status } from "./status.ts"

/** `purser rewards` */
export const rewards = Command.make("rewards").pipe(
  Command.withDescription(
    "See how the rewards program goes, where a player stands, and have its jobs run now. Works on the database directly"
  ),
  Command.withSubcommands([status, run, player, reverify, exportPlayer, erase, sealSeed]),
  Command.withExamples([
    { command: "purser rewards status", description: "Jobs, payouts and books at a glance" },
    { command: "purser rewards player 80351110224678912", description: "Why somebody earns nothing or is not paid" },
    { command: "purser rewards run settlement", description: "Settle what is owed now, and wait for it" }
  ])
)
