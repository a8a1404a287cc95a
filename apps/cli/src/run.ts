/** Runs the command that was typed. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { teardown } from "@purser/runtime/teardown"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { purser } from "./purser.ts"
import { endWithReader } from "./terminal/closedPipe.ts"
import { version } from "./version.ts"

endWithReader()

Command.run(purser, { version }).pipe(
  Effect.provide(NodeServices.layer),
  // Standard output is for what was asked for; programs read it.
  Effect.provideService(Logger.LogToStderr, true),
  NodeRuntime.runMain({ teardown })
)
