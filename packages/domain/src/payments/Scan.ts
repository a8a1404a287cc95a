/** Models one look at a rail: what its wallet shows now. */
import type { PaymentKey } from "./Payment.ts"

/** One incoming payment as the wallet shows it. */
export interface Observation {
  readonly key: PaymentKey
  /** 64 lower-case hex digits. */
  readonly transactionId: string
  /** The 8-byte id in lower-case hex; null when there is none or it is all zero. */
  readonly target: string | null
  /** In piconero, more than 0. */
  readonly amountMinor: bigint
  /** Height of its block; null while it is in the pool. */
  readonly height: number | null
  /** The block height or time until which the sender locked the money; 0 for none. */
  readonly unlockTime: bigint
  readonly doubleSpendSeen: boolean
  /** Change of a transaction that the operator made. */
  readonly ownChange: boolean
}

/**
 * Everything one look gave. Heights count blocks (top block + 1), as the wallet's `get_height` does. `vanished` are the
 * payments that the wallet, asked for by id, no longer knows. `readUpTo` is the height up to which (inclusive) blocks
 * were read; it becomes the cursor.
 */
export interface Scan {
  readonly walletHeight: number
  readonly daemonHeight: number
  readonly seen: ReadonlyArray<Observation>
  readonly vanished: ReadonlyArray<PaymentKey>
  readonly readUpTo: number
}

/** From `fromMinor` on, an amount needs that many confirmations. */
export interface ConfirmationTier {
  readonly fromMinor: bigint
  readonly confirmations: number
}

/** How final a payment must be. The highest tier that the amount reaches counts; `confirmations` is the least. */
export interface ConfirmationPolicy {
  readonly confirmations: number
  readonly confirmationTiers: ReadonlyArray<ConfirmationTier>
}
