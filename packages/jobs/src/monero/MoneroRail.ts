/** Declares what the monitor sees of Monero: one wallet's incoming payments, in the terms of the domain. */
import type { Observation } from "@purser/domain/payments"
import { MoneroDaemon, type MoneroError, MoneroWallet, observe, observeAll } from "@purser/integrations/monero"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** How high the daemon stands. `targetHeight` is what it knows of its peers, at least `height`. Both count blocks. */
export interface DaemonHeights {
  readonly height: number
  readonly targetHeight: number
}

/** What the operator says of the wallet. */
export interface RailOptions {
  /** Ids of transactions that the operator made from this wallet: their change looks like a payment. None unless given. */
  readonly ownTransactions?: Effect.Effect<ReadonlySet<string>>
}

/** The wallet that tickets are paid to, and the daemon behind it. */
export class MoneroRail extends Context.Service<MoneroRail, {
  readonly daemonHeights: Effect.Effect<DaemonHeights, MoneroError>
  /** Makes the wallet read new blocks, and fails when its daemon is gone. */
  readonly refresh: Effect.Effect<void, MoneroError>
  /** Blocks that the wallet has read: a count, one more than the height of the last. Answers while the daemon is down. */
  readonly walletHeight: Effect.Effect<number, MoneroError>
  /**
   * Every payment in a block above `aboveHeight` (exclusive), and those in the pool that are in no block. Coinbase, zero
   * ids and own change included: whoever reads decides. With `upToHeight` none above that (inclusive) and none of the pool.
   */
  readonly incoming: (
    aboveHeight: number,
    upToHeight?: number
  ) => Effect.Effect<ReadonlyArray<Observation>, MoneroError>
  /** The payments of one transaction; none when the wallet does not know it. */
  readonly byTransaction: (transactionId: string) => Effect.Effect<ReadonlyArray<Observation>, MoneroError>
  /** What the wallet holds in blocks, locked or not, in piconero. */
  readonly balanceMinor: Effect.Effect<bigint, MoneroError>
}>()("@purser/jobs/monero/MoneroRail") {
  /** Through the clients of wallet and daemon. */
  static readonly layer = (
    { ownTransactions = Effect.succeed(new Set()) }: RailOptions = {}
  ): Layer.Layer<MoneroRail, never, MoneroDaemon | MoneroWallet> =>
    Layer.effect(
      MoneroRail,
      Effect.gen(function*() {
        const daemon = yield* MoneroDaemon
        const wallet = yield* MoneroWallet
        return {
          daemonHeights: daemon.info,
          refresh: wallet.refresh,
          walletHeight: wallet.height,
          incoming: (aboveHeight, upToHeight) =>
            Effect.zipWith(wallet.incoming(aboveHeight, upToHeight), ownTransactions, observeAll),
          byTransaction: (transactionId) =>
            Effect.zipWith(wallet.byTransaction(transactionId), ownTransactions, (entries, own) =>
              entries.map(observe(own))),
          balanceMinor: wallet.balanceMinor
        }
      })
    )
}
