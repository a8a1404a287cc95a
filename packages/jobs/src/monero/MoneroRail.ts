/** Declares what the monitor sees of Monero: one wallet's incoming payments, in the terms of the domain. */
import type { Observation } from "@purser/domain/payments"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"

/** Wallet or daemon did not answer, or answered what could not be read. A later look may succeed. */
export class RailUnavailable extends Data.TaggedError("RailUnavailable")<{
  readonly party: "wallet" | "daemon"
  /** One line without secrets. */
  readonly why: string
}> {
  override get message(): string {
    return `${this.party}: ${this.why}`
  }
}

/** How high the daemon stands. `targetHeight` is what it knows of its peers, at least `height`. Both count blocks. */
export interface DaemonHeights {
  readonly height: number
  readonly targetHeight: number
}

/** The wallet that tickets are paid to, and the daemon behind it. */
export class MoneroRail extends Context.Service<MoneroRail, {
  readonly daemonHeights: Effect.Effect<DaemonHeights, RailUnavailable>
  /** Makes the wallet read new blocks, and fails when its daemon is gone. */
  readonly refresh: Effect.Effect<void, RailUnavailable>
  /** Blocks that the wallet has read: a count, one more than the height of the last. Answers while the daemon is down. */
  readonly walletHeight: Effect.Effect<number, RailUnavailable>
  /**
   * Every payment in a block above `aboveHeight` (exclusive), and those in the pool that are in no block. Coinbase, zero
   * ids and own change included: whoever reads decides.
   */
  readonly incoming: (aboveHeight: number) => Effect.Effect<ReadonlyArray<Observation>, RailUnavailable>
  /** The payments of one transaction; none when the wallet does not know it. */
  readonly byTransaction: (transactionId: string) => Effect.Effect<ReadonlyArray<Observation>, RailUnavailable>
  /** What the wallet holds in blocks, locked or not, in piconero. */
  readonly balanceMinor: Effect.Effect<bigint, RailUnavailable>
}>()("@purser/jobs/monero/MoneroRail") {}
