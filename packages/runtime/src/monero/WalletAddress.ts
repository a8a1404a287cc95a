/** Settles which address tickets are paid to, and holds the wallet to it. */
import { MoneroAddress } from "@purser/domain/tickets"
import { MoneroWallet } from "@purser/integrations/monero"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"

/**
 * - `Unreachable`: the wallet does not answer, and no address is set to do without it. A retry can help.
 * - `OtherAddress`: the wallet is another than the address that is set.
 * - `NotPrimary`: the address is none that integrated addresses can be made from.
 */
export type WalletRefusal = "Unreachable" | "OtherAddress" | "NotPrimary"

const remedies: Readonly<Record<WalletRefusal, string>> = {
  Unreachable: "the wallet does not answer; start it, or set PURSER_MONERO_ADDRESS to start without it",
  OtherAddress: "the wallet's address is another than PURSER_MONERO_ADDRESS",
  NotPrimary: "PURSER_MONERO_ADDRESS must be the primary address of a wallet"
}

/** The wallet can not be used. `detail` is one line without secrets. */
export class WalletRefused extends Data.TaggedError("WalletRefused")<{
  readonly reason: WalletRefusal
  readonly detail?: string
}> {
  override get message(): string {
    return this.detail === undefined ? remedies[this.reason] : `${remedies[this.reason]} (${this.detail})`
  }
}

const isPrimary = (address: string): boolean => {
  const decoded = MoneroAddress.decode(address)
  return decoded._tag === "Success" && decoded.success.kind === "primary"
}

const settle = Effect.fnUntraced(function*(given: string | null) {
  if (given !== null && !isPrimary(given)) return yield* new WalletRefused({ reason: "NotPrimary" })
  const wallet = yield* MoneroWallet
  const asked = yield* Effect.result(wallet.primaryAddress)
  if (asked._tag === "Success") {
    return given === null || given === asked.success
      ? asked.success
      : yield* new WalletRefused({ reason: "OtherAddress" })
  }
  const detail = asked.failure.message
  if (given === null) return yield* new WalletRefused({ reason: "Unreachable", detail })
  yield* Effect.logWarning(`starting without the wallet: ${detail}`)
  return given
})

/** The primary address that every ticket's address is made from. */
export class WalletAddress extends Context.Service<WalletAddress, string>()("@purser/runtime/monero/WalletAddress") {
  /** The wallet's own address; the one that is set where the wallet does not answer yet. */
  static readonly layer = (
    { primaryAddress }: Pick<Settings, "primaryAddress">
  ): Layer.Layer<WalletAddress, WalletRefused, MoneroWallet> => Layer.effect(WalletAddress, settle(primaryAddress))
}
