/** Decides about a sign of abuse. */
import type { Verdict } from "@purser/domain/risk"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { jsonFlag } from "../../terminal/output.ts"
import { keyArgument } from "./show.ts"

const given = {
  key: keyArgument,
  note: Flag.String("note").pipe(
    Flag.withMetavar("WORDS"),
    Flag.withDescription("Why, for whoever reads it later; 1 to 1,000 characters")
  ),
  json: jsonFlag
}

interface Given {
  readonly key: string
  readonly note: string
  readonly json: boolean
}

const decide = (verdict: Verdict) => (input: Given) =>
  Effect.flatMap(Effect.promise(() => import("./runDecide.ts")), ({ run }) => run({ ...input, verdict }))

/** `purser review clear` */
export const clear = Command.make("clear", given, decide("cleared")).pipe(
  Command.withDescription("Decide that it was no abuse: the sign counts no more. A later decision takes its place")
)

/** `purser review confirm` */
export const confirm = Command.make("confirm", given, decide("confirmed")).pipe(
  Command.withDescription("Decide that it was abuse: the player is paid no more until purser review clear")
)
