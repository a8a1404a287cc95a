/** Runs API and worker in one process, until it is told to stop. */
import { Installation, returnMemory, Telemetry } from "@purser/runtime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { settings } from "../settings/settings.ts"
import { explain } from "../terminal/explain.ts"
import { banner } from "./banner.ts"

/** What the command does: it says where everything is once it listens. */
export const run = Effect.fnUntraced(function*() {
  const chosen = yield* settings
  const running = Layer.effectDiscard(
    Effect.andThen(Effect.flatMap(banner(chosen), Console.log), returnMemory)
  ).pipe(
    Layer.provide(Installation.layerServe(chosen)),
    Layer.provide(Telemetry.layer(chosen, process.stderr.isTTY))
  )
  return yield* explain(Layer.launch(running))
})
