/** Runs the command that was typed. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Runtime from "effect/Runtime"
import { purser } from "./purser.ts"
import { version } from "./version.ts"

/** A service that was told to stop and did so has done its duty; Ctrl-C of a person still ends with 130. */
let isToldToStop = false
process.once("SIGTERM", () => {
  isToldToStop = true
})

const teardown: Runtime.Teardown = (exit, onExit) =>
  isToldToStop && Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)
    ? onExit(0)
    : Runtime.defaultTeardown(exit, onExit)

Command.run(purser, { version }).pipe(
  Effect.provide(NodeServices.layer),
  // Standard output is for what was asked for; programs read it.
  Effect.provideService(Logger.LogToStderr, true),
  NodeRuntime.runMain({ teardown })
)
