/** Brings the database up to date, or shows what would run. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../terminal/deferred.ts"
import { jsonFlag } from "../terminal/output.ts"

/** `purser migrate` */
export const migrate = Command.make(
  "migrate",
  {
    json: jsonFlag,
    status: Flag.Boolean("status").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Show what has run and what would run, and change nothing")
    )
  },
  deferred(() => import("./runMigrate.ts"))
).pipe(
  Command.withDescription("Bring the database up to date, forward only and under a lock; serve and worker do it too")
)
