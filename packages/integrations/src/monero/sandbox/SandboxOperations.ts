/** Declares what can be done to the chain of a sandbox, in the process that runs it and from others. */
import type * as Effect from "effect/Effect"

/** Where the chain stands. Heights count blocks. */
export interface SandboxStatus {
  readonly network: "stagenet"
  readonly primaryAddress: string
  readonly height: number
  /** What the wallet has read; it follows when it is refreshed. */
  readonly walletHeight: number
  /** Transactions that wait for a block. */
  readonly poolSize: number
  readonly daemon: "up" | "down"
}

/** Money for one address of the sandbox's wallet: its primary one, an integrated one of that, or subaddress 1 to 4. */
export interface SandboxOutput {
  readonly address: string
  /** Piconero, 1 to 2^64 - 1. */
  readonly amountMinor: bigint
}

/** One transaction to the sandbox's wallet. */
export interface SandboxPayment extends SandboxOutput {
  /** More outputs of the same transaction. It has one payment id at most, and none where a subaddress is paid. */
  readonly further?: ReadonlyArray<SandboxOutput>
  /** The height or time until which it is locked for the receiver; 0 for none. */
  readonly unlockTime?: bigint
  /** Whether it is change of the operator's own spending, which a wallet shows as a payment with a made-up id. */
  readonly isOwnChange?: boolean
}

/** What becomes of the transactions of blocks that are replaced: back to the pool, or forgotten until sent again. */
export type Fate = "pool" | "lost"

/** Blocks to take away, 1 or more; one more than that is mined elsewhere on top of what remains. */
export interface Reorganisation {
  readonly depth: number
  readonly fate: Fate
}

/** The name of a transaction: 64 lower-case hex digits. */
export interface SentTransaction {
  readonly transactionId: string
}

/** Everything that can be done to the chain. Payments and blocks go on while the daemon is down: it is one of many. */
export interface SandboxOperations<E> {
  readonly status: Effect.Effect<SandboxStatus, E>
  /** Sends into the pool. */
  readonly pay: (payment: SandboxPayment) => Effect.Effect<SentTransaction, E>
  /** Mines 1 to 10,000 blocks, the pool in the first; the wallet gets `rewardMinor` piconero for each, nothing unless given. */
  readonly mine: (blocks: number, rewardMinor?: bigint) => Effect.Effect<void, E>
  readonly reorganise: (reorganisation: Reorganisation) => Effect.Effect<void, E>
  /** Sends a lost transaction again. */
  readonly resend: (transactionId: string) => Effect.Effect<void, E>
  /** Spends the money of a transaction that is in no block elsewhere, in a block, so that it can never return. */
  readonly doubleSpend: (transactionId: string) => Effect.Effect<void, E>
  readonly stopDaemon: Effect.Effect<void, E>
  readonly startDaemon: Effect.Effect<void, E>
}
