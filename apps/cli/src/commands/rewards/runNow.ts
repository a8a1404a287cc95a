/** Has a job run now. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { deferred } from "../../terminal/deferred.ts"
import { jsonFlag } from "../../terminal/output.ts"

/** Those that look whether they are asked for. */
const jobs = ["accrual", "settlement", "verification", "reconciliation", "prune"] as const

/** `purser rewards run` */
export const run = Command.make(
  "run",
  {
    job: Argument.Literals("job", jobs).pipe(
      Argument.withDescription("accrual, settlement, verification, reconciliation or prune")
    ),
    wait: Flag.Boolean("wait").pipe(
      Flag.withDefault(true),
      Flag.withDescription("Wait until it has run, which is usual; --no-wait only asks for it")
    ),
    patience: Flag.Int("patience").pipe(
      Flag.withMetavar("SECONDS"),
      Flag.withDefault(30),
      Flag.withDescription("How long to wait for a process to begin it; 30 unless given. One that runs is waited for")
    ),
    json: jsonFlag
  },
  deferred(() => import("./runJob.ts"))
).pipe(
  Command.withShortDescription("Have a job run now, and wait for it"),
  Command.withDescription(
    "Have a job run now in the process that runs the jobs, and wait for what comes of it. Exit code 3: no process has begun it"
  )
)
