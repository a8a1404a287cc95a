/** Runs the worker alone, until it is told to stop. */
import { Installation, returnMemory, Telemetry } from "@purser/runtime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { settings } from "../settings/settings.ts"
import { explain } from "../terminal/explain.ts"

/** What the command does: it says so once it has begun. */
export const run = Effect.fnUntraced(function*() {
  const chosen = yield* settings
  const running = Layer.effectDiscard(
    Effect.andThen(Console.log("Purser's worker is running. Stop it with Ctrl-C."), returnMemory)
  ).pipe(
    Layer.provide(Installation.layerWorker(chosen)),
    Layer.provide(Telemetry.layer(chosen, process.stderr.isTTY))
  )
  return yield* explain(Layer.launch(running))
})
