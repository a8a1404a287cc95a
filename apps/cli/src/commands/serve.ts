/** Runs API and worker in one process. */
import * as Command from "effect/cli/Command"
import { deferred } from "../terminal/deferred.ts"

/** `purser serve` */
export const serve = Command.make(
  "serve",
  {},
  deferred(() => import("./runServe.ts"))
).pipe(
  Command.withDescription(
    "Run API and worker in one process. With nothing set it keeps its books in .purser and takes money from a sandbox"
  )
)
