/** Examines an installation before it serves, or when something is wrong. */
import * as Command from "effect/cli/Command"
import { deferred } from "../terminal/deferred.ts"
import { jsonFlag } from "../terminal/output.ts"

/** `purser doctor` */
export const doctor = Command.make(
  "doctor",
  { json: jsonFlag },
  deferred(() => import("./runDoctor.ts"))
).pipe(
  Command.withDescription(
    "Check settings, folders, keys, database, wallet, daemon and clock. Exit code 1 when a check fails"
  )
)
