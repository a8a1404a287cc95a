/** Shows how a token stands. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"
import { urlFlag } from "./flags.ts"

/** `purser ticket status` */
export const status = Command.make(
  "status",
  {
    token: Argument.String("token").pipe(
      Argument.withDescription("Service token, 64 hexadecimal digits; - reads standard input")
    ),
    url: urlFlag,
    json: jsonFlag
  },
  deferred(() => import("./runStatus.ts"))
).pipe(Command.withDescription("Show how a token stands: active, suspended or revoked, and what it stands for"))
