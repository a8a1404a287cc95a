/** Runs the sandbox by itself, and drives the chain of one that runs. */
import { MoneroLine } from "@purser/runtime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { settings } from "../../settings/settings.ts"
import { CommandFailed } from "../../terminal/CommandFailed.ts"
import { explain } from "../../terminal/explain.ts"

const exportLines = ({ daemon, wallet }: MoneroLine["Service"]): string =>
  [
    "The Monero sandbox is running. Stop it with Ctrl-C. To use it from other processes:",
    "",
    `  export PURSER_MONERO_WALLET_RPC_URL=${wallet.url}`,
    `  export PURSER_MONERO_DAEMON_URL=${daemon.url}`,
    "  export PURSER_MONERO_START_HEIGHT=0",
    ""
  ].join("\n")

/** What the command does. */
export const run = Effect.fnUntraced(function*() {
  const chosen = yield* settings
  if (chosen.monero.mode === "rpc") {
    return yield* new CommandFailed({
      message: "PURSER_MONERO_WALLET_RPC_URL is set, so there is no sandbox to run: unset it",
      exitCode: 2
    })
  }
  const running = Layer.effectDiscard(Effect.flatMap(MoneroLine, (line) => Console.log(exportLines(line)))).pipe(
    Layer.provide(MoneroLine.layerWithSandbox(chosen))
  )
  return yield* explain(Layer.launch(running))
})
