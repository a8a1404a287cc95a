/** Puts the chain model behind the ports that stories and monitor use. */
import { MoneroUnavailable, type Party } from "@purser/integrations/monero"
import { MoneroRail } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Chain } from "./Chain.ts"
import { ChainModel, observationsOf, type Placed } from "./ChainModel.ts"

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
  spendOwn: Effect.sync(() => model.spendOwn()),
  stopDaemon: Effect.sync(() => void (model.isUp = false)),
  startDaemon: Effect.sync(() => void (model.isUp = true)),
  killWallet: Effect.sync(() => void (model.isWalletUp = false)),
  startWallet: Effect.sync(() => void (model.isWalletUp = true))
})

const isBetween = (aboveHeight: number, upToHeight: number | undefined) => ({ height }: Placed): boolean =>
  height === null ? upToHeight === undefined : height > aboveHeight && height <= (upToHeight ?? height)

const answering = (party: Party, isUp: () => boolean) => <A>(body: () => A) =>
  Effect.suspend(() => isUp() ? Effect.sync(body) : new MoneroUnavailable({ party, why: "no connection" }))

/** What the monitor sees of the model. */
export const railOn = (model: ChainModel) => {
  const daemon = answering("daemon", () => model.isUp)
  const wallet = answering("wallet", () => model.isWalletUp)
  return MoneroRail.of({
    daemonHeights: daemon(() => {
      const height = model.heightShown ?? model.height
      return { height, targetHeight: height }
    }),
    refresh: Effect.andThen(wallet(() => undefined), daemon(() => undefined)),
    walletHeight: wallet(() => model.walletHeight),
    incoming: (aboveHeight, upToHeight) =>
      wallet(() => {
        model.onRead(aboveHeight, upToHeight)
        return model.placed.filter(isBetween(aboveHeight, upToHeight)).flatMap(observationsOf)
      }),
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
