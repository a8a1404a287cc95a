/** Runs the worker alone. */
import * as Command from "effect/cli/Command"
import { deferred } from "../terminal/deferred.ts"

/** `purser worker` */
export const worker = Command.make(
  "worker",
  {},
  deferred(() => import("./runWorker.ts"))
).pipe(
  Command.withDescription("Run the worker alone: it watches the wallet, books what arrives and releases expired holds")
)
