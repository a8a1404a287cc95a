/** Reaches wallet and daemon, and makes sure that the wallet stays the one that tickets are paid to. */
import { MoneroDaemon, MoneroRefused, MoneroWallet } from "@purser/integrations/monero"
import { MoneroRail } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import { MoneroLine } from "./MoneroLine.ts"
import { WalletAddress, type WalletRefused } from "./WalletAddress.ts"

/** The clients of wallet and daemon. Nothing is called until they are used. */
export const layerMonero: Layer.Layer<MoneroDaemon | MoneroWallet, never, MoneroLine> = Layer.unwrap(
  Effect.map(MoneroLine, ({ daemon, wallet }) => Layer.merge(MoneroDaemon.layer(daemon), MoneroWallet.layer(wallet)))
)

/** A wallet that was swapped while we run: the payments of the other one would look like losses. */
const otherWallet = new MoneroRefused({
  party: "wallet",
  method: "get_address",
  code: 0,
  reason: "this is another wallet than the one that tickets are paid to"
})

const heldToAddress = (ownTransactions: ReadonlySet<string>) =>
  Layer.effect(
    MoneroRail,
    Effect.gen(function*() {
      const rail = yield* MoneroRail
      const wallet = yield* MoneroWallet
      const expected = yield* WalletAddress
      const check = Effect.flatMap(
        wallet.primaryAddress,
        (address) => address === expected ? Effect.void : Effect.fail(otherWallet)
      )
      return { ...rail, refresh: Effect.andThen(check, rail.refresh) }
    })
  ).pipe(Layer.provide(MoneroRail.layer({ ownTransactions: Effect.succeed(ownTransactions) })))

/** The rail of an installation and its address. Every look makes sure that the wallet is still the same. */
export const layerRail = (
  settings: Pick<Settings, "primaryAddress" | "ownTransactions">
): Layer.Layer<MoneroRail | WalletAddress | MoneroDaemon | MoneroWallet, WalletRefused, MoneroLine> =>
  heldToAddress(settings.ownTransactions).pipe(
    Layer.provideMerge(WalletAddress.layer(settings)),
    Layer.provideMerge(layerMonero)
  )
