/** Models a chain by its transactions to one wallet, and what that wallet has read of it. */
import * as Schema from "effect/Schema"

const Height = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Minor = Schema.BigIntFromString

/** Money for one address of the wallet, by the subaddress's index; 0 is the primary address. */
export const Output = Schema.Struct({ subaddress: Height, amountMinor: Minor })
/** An output as it was read. */
export type Output = typeof Output.Type

/** Where the network has a transaction: in the block of that height, in the pool, forgotten, or its money spent elsewhere. */
export const Place = Schema.Union([Height, Schema.Literals(["pool", "lost", "spent"])])
/** A place as it was read. */
export type Place = typeof Place.Type

/** A transaction to the wallet, where it is, and where the wallet last read it. */
export const Transaction = Schema.Struct({
  id: Schema.String,
  /** 16 hex digits; all zero for none. */
  paymentId: Schema.String,
  outputs: Schema.Array(Output),
  unlockTime: Minor,
  /** Whether it is the reward of a block, which exists in that block only. */
  isReward: Schema.Boolean,
  sentAtMillis: Schema.Int,
  place: Place,
  /** The block that the wallet read it in. */
  readIn: Schema.NullOr(Height),
  /** How the wallet lists it as waiting. Without its amount where it had read it in a block before. */
  readInPool: Schema.Literals(["no", "whole", "amountless"]),
  /** Whether the wallet has ever read it in the pool. It reads no transaction there twice. */
  isScanned: Schema.Boolean
})
/** A transaction as it was read. */
export type Transaction = typeof Transaction.Type

/** What is kept. Heights count blocks, the first one (which is empty) included. */
export const ChainState = Schema.Struct({
  format: Schema.Literal(1),
  height: Height,
  walletHeight: Height,
  isDaemonUp: Schema.Boolean,
  transactions: Schema.Array(Transaction)
})
/** A state as it was read. */
export type ChainState = typeof ChainState.Type

/** A chain of one block, read by its wallet. */
export const genesis: ChainState = { format: 1, height: 1, walletHeight: 1, isDaemonUp: true, transactions: [] }

/** A payment id that is none. */
export const noPaymentId = "0".repeat(16)
