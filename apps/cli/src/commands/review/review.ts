/** Gathers what a reviewer does about signs of abuse. */
import * as Command from "effect/cli/Command"
import { clear, confirm } from "./decide.ts"
import { list } from "./list.ts"
import { show } from "./show.ts"

/** `purser review` */
export const review = Command.make("review").pipe(
  Command.withDescription(
    "Look at signs of abuse and decide about them. What a held player earns is booked, and paid once cleared"
  ),
  Command.withSubcommands([list, show, clear, confirm]),
  Command.withExamples([
    { command: "purser review list", description: "What nobody has decided about" },
    { command: "purser review clear KEY --note \"a tournament\"", description: "It was no abuse: the player is paid" }
  ])
)
