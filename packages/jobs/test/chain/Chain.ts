/** Declares what stories do to a chain, whatever stands behind it. */
import type { MoneroAddress } from "@purser/domain/tickets"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** One output of a transaction to the wallet. `id8` null pays an address without an id. */
export interface Output {
  readonly id8: string | null
  readonly amountMinor: bigint
  /** Index of the subaddress that is paid; the primary address unless given. No subaddress goes with an id. */
  readonly subaddress?: 1 | 2
}

/** What is sent, in one transaction, which carries at most one id. `unlockTime` locks it for the receiver. */
export interface Sending {
  readonly outputs: ReadonlyArray<Output>
  readonly unlockTime?: bigint
}

/** What becomes of the transactions of blocks that are replaced: back to the pool, or forgotten until sent again. */
export type Fate = "pool" | "lost"

/** A chain with one wallet of ours, and a payer who has money. */
export class Chain extends Context.Service<Chain, {
  readonly network: MoneroAddress.MoneroNetwork
  readonly primaryAddress: string
  /** The first block that can hold a payment of the suite. */
  readonly startHeight: number
  /** Sends into the pool; answers the transaction id. */
  readonly pay: (sending: Sending) => Effect.Effect<string>
  readonly mine: (blocks: number) => Effect.Effect<void>
  /** Takes the last `depth` blocks away and mines one more than that on top of what remains. */
  readonly reorganise: (depth: number, fate: Fate) => Effect.Effect<void>
  /** Sends a lost transaction again. */
  readonly resend: (transactionId: string) => Effect.Effect<void>
  /** Spends the money of a lost transaction elsewhere, in a block, so that it can never return. */
  readonly doubleSpend: (transactionId: string) => Effect.Effect<void>
  /** The operator spends from the wallet, so that change comes back: it looks like a payment with an id by chance. */
  readonly spendOwn: Effect.Effect<void>
  readonly stopDaemon: Effect.Effect<void>
  readonly startDaemon: Effect.Effect<void>
  /** Ends the wallet without a word. */
  readonly killWallet: Effect.Effect<void>
  readonly startWallet: Effect.Effect<void>
}>()("@purser/jobs/test/Chain") {}
