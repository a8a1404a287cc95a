/** Starts the worker. Settings come from the environment; see `.env.example`. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Installation, launch } from "@purser/runtime"
import { teardown } from "@purser/runtime/teardown"

NodeRuntime.runMain(
  launch({ environment: process.env, terminal: process.stderr.isTTY }, Installation.layerWorker),
  { teardown }
)
