/** Turns the kill switch. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { jsonFlag } from "../../terminal/output.ts"

const turn = (isOn: boolean) => ({ json }: { readonly json: boolean }) =>
  Effect.flatMap(Effect.promise(() => import("./runHalt.ts")), ({ run }) => run({ isOn, json }))

/** `purser payouts halt` */
export const halt = Command.make("halt", { json: jsonFlag }, turn(true)).pipe(
  Command.withShortDescription("Sign nothing from now on"),
  Command.withDescription(
    "Sign nothing from now on, in every process at once. What was sent before is still confirmed; what is earned is still booked"
  )
)

/** `purser payouts resume` */
export const resume = Command.make("resume", { json: jsonFlag }, turn(false)).pipe(
  Command.withDescription("Sign again")
)
