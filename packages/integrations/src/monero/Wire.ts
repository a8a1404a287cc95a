/** Describes what crosses the line to wallet and daemon, field by field as Monero 0.18 writes it. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** A whole number that is small enough to count with. */
export const Count = Schema.BigInt.check(Schema.isBetweenBigInt({ minimum: 0n, maximum: 9_007_199_254_740_991n })).pipe(
  Schema.decodeTo(Schema.Int, SchemaTransformation.transform({ decode: Number, encode: BigInt }))
)

/** Piconero, or any other unsigned 64-bit number. */
export const Unsigned = Schema.BigInt.check(
  Schema.isBetweenBigInt({ minimum: 0n, maximum: 18_446_744_073_709_551_615n })
)

/** Hash of a transaction: 64 lower-case hex digits. */
export const TransactionHash = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/u))

/** One incoming payment in `get_transfers`. `height` is 0 in the pool. */
export const TransferEntry = Schema.Struct({
  txid: TransactionHash,
  payment_id: Schema.String.check(Schema.isPattern(/^(?:[0-9a-f]{16}|[0-9a-f]{64})$/u)),
  height: Count,
  amount: Unsigned,
  type: Schema.String,
  unlock_time: Unsigned,
  subaddr_index: Schema.Struct({ major: Count, minor: Count }),
  double_spend_seen: Schema.optionalKey(Schema.Boolean)
})
/** An entry as it was read. */
export type TransferEntry = typeof TransferEntry.Type

const entries = Schema.optionalKey(Schema.Array(TransferEntry))

/** Answer of `get_transfers`; a list that is empty is left out. Block rewards are under `in`, with type `block`. */
export const Transfers = Schema.Struct({ in: entries, pool: entries })

/** Answer of `get_transfer_by_txid`. */
export const TransferByHash = Schema.Struct({ transfers: Schema.Array(TransferEntry) })

/** Answer of `get_height`: a count of blocks. */
export const Height = Schema.Struct({ height: Count })

/** Answer of `get_address`. */
export const Address = Schema.Struct({ address: Schema.String })

/** Answer of `get_balance`. */
export const Balance = Schema.Struct({ balance: Unsigned })

/** Answer of `refresh`. */
export const Refreshed = Schema.Struct({ blocks_fetched: Count })

/** Answer of the daemon's `get_info`; `target_height` is 0 when it knows of nothing higher, `status` is `OK` or `BUSY`. */
export const Info = Schema.Struct({ height: Count, target_height: Count, status: Schema.String })
