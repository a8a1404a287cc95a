/** Ends a process with the exit code that its supervisor expects. */
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Runtime from "effect/Runtime"

let isToldToStop = false
process.once("SIGTERM", () => {
  isToldToStop = true
})

/** A service that was told to stop by SIGTERM and did so has done its duty: 0. Ctrl-C of a person ends with 130. */
export const teardown: Runtime.Teardown = (exit, onExit) =>
  isToldToStop && Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)
    ? onExit(0)
    : Runtime.defaultTeardown(exit, onExit)
