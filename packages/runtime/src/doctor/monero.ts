/** Examines wallet and daemon. */
import { MoneroDaemon, MoneroWallet } from "@purser/integrations/monero"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { layerMonero } from "../monero/layerRail.ts"
import { MoneroLine } from "../monero/MoneroLine.ts"
import { failed, type Finding, ok, warning } from "./Finding.ts"

const heights = Effect.gen(function*() {
  const wallet = yield* MoneroWallet
  const daemon = yield* MoneroDaemon
  const { height: daemonHeight, targetHeight } = yield* daemon.info
  yield* wallet.refresh
  return { walletHeight: yield* wallet.height, daemonHeight, targetHeight }
})

const daemonCheck = Effect.match(heights, {
  onFailure: ({ message }) => failed("monero daemon", message),
  onSuccess: ({ daemonHeight, targetHeight, walletHeight }) => {
    if (targetHeight > daemonHeight) {
      return warning("monero daemon", `catching up: ${daemonHeight} of ${targetHeight} blocks`)
    }
    return walletHeight === daemonHeight
      ? ok("monero daemon", `${daemonHeight} blocks, and the wallet has read them`)
      : warning("monero daemon", `${daemonHeight} blocks, of which the wallet has read ${walletHeight}`)
  }
})

const walletCheck = (expected: string | null) =>
  Effect.match(MoneroWallet.use((wallet) => wallet.primaryAddress), {
    onFailure: ({ message }) => failed("monero wallet", message),
    onSuccess: (address) =>
      expected !== null && expected !== address
        ? failed("monero wallet", "its address is another than PURSER_MONERO_ADDRESS")
        : ok("monero wallet", address)
  })

const notRunning = warning("monero", "the sandbox stands in for Monero, and it is not running: purser serve starts it")

/** Asks both, unless the sandbox that stands in for them is not running. */
export const examineMonero = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.all([walletCheck(settings.primaryAddress), daemonCheck]).pipe(
    Effect.map((findings) =>
      settings.monero.mode === "sandbox" && findings.every(({ state }) => state === "failed")
        ? [notRunning]
        : findings
    ),
    Effect.provide(Layer.provide(layerMonero, MoneroLine.layer(settings)))
  )
