/** Puts the chain model behind the ports that stories and monitor use. */
import { MoneroRail, RailUnavailable } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Chain } from "./Chain.ts"
import { ChainModel, observationsOf } from "./ChainModel.ts"

const primaryAddress = "49mmJ3sD7qXBzxBNtxhAGgRXd2HUAmwUDdMUe1GM7bHeewKBpFepmfWfXQrhU2M5UETEYTp8gLVFNL5Mj5PbiJnCVn63wBw"

/** What stories may do, on the model. */
export const chainOn = (model: ChainModel): Chain["Service"] => ({
  network: "mainnet",
  primaryAddress,
  startHeight: 1,
  pay: (sending) => Effect.sync(() => model.pay(sending)),
  mine: (blocks) => Effect.sync(() => model.mine(blocks)),
  reorganise: (depth, fate) => Effect.sync(() => model.reorganise(depth, fate)),
  resend: (id) => Effect.sync(() => model.resend(id)),
  doubleSpend: (id) => Effect.sync(() => model.doubleSpend(id)),
  stopDaemon: Effect.sync(() => void (model.isUp = false)),
  startDaemon: Effect.sync(() => void (model.isUp = true))
})

/** What the monitor sees of the model. `faults` may fail any call, before it answers. */
export const railOn = (model: ChainModel, faults: Effect.Effect<void, RailUnavailable> = Effect.void) => {
  const whileUp = Effect.suspend(() =>
    model.isUp ? faults : Effect.fail(new RailUnavailable({ party: "daemon", why: "no connection" }))
  )
  const wallet = <A>(body: () => A) => Effect.andThen(faults, Effect.sync(body))
  const daemon = <A>(body: () => A) => Effect.andThen(whileUp, Effect.sync(body))
  const isAbove = (aboveHeight: number) => (height: number | null) => height === null || height > aboveHeight
  return MoneroRail.of({
    daemonHeights: daemon(() => ({ height: model.height, targetHeight: model.height })),
    refresh: daemon(() => undefined),
    walletHeight: wallet(() => model.height),
    incoming: (aboveHeight) =>
      wallet(() => model.placed.filter(({ height }) => isAbove(aboveHeight)(height)).flatMap(observationsOf)),
    byTransaction: (id) =>
      wallet(() => model.placed.filter(({ transaction }) => transaction.id === id).flatMap(observationsOf)),
    balanceMinor: wallet(() =>
      model.placed.filter(({ height }) => height !== null).flatMap(observationsOf)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
    )
  })
}

/** A fresh chain in memory, and the rail over it. */
export const layer: Layer.Layer<Chain | MoneroRail> = Layer.effectContext(
  Effect.sync(() => {
    const model = new ChainModel()
    return Context.make(Chain, chainOn(model)).pipe(Context.add(MoneroRail, railOn(model)))
  })
)
