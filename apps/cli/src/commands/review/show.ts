/** Shows one sign of abuse. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** The sign of abuse that is meant. */
export const keyArgument = Argument.String("key").pipe(
  Argument.withDescription("The sign, 64 hexadecimal digits, as purser review list shows it")
)

/** `purser review show` */
export const show = Command.make("show", { key: keyArgument, json: jsonFlag }, deferred(() => import("./runShow.ts")))
  .pipe(Command.withDescription("Show a sign of abuse: what was measured, from what, and what was decided"))
