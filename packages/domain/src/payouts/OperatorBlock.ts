/** Models the blocks that the operator's account signs. */
import * as Schema from "effect/Schema"
import { BlockReference, PayoutId } from "./Payout.ts"

/**
 * - `stored`: signed; whether anybody has seen it is not known.
 * - `landed`: a node has it. Another may still be confirmed in its place.
 * - `confirmed`: there for ever.
 * - `dead`: it can never land, or another is confirmed in its place.
 */
export const OperatorBlockState = Schema.Literals(["stored", "landed", "confirmed", "dead"])
export type OperatorBlockState = typeof OperatorBlockState.Type

/** A signed block, kept before it is published. */
export class OperatorBlock extends Schema.Class<OperatorBlock>("OperatorBlock")({
  hash: BlockReference,
  account: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u)),
  /** The block before it; of two blocks with one `previous` at most one can ever land. */
  previous: BlockReference,
  /** Its place in the account's chain, from 1. */
  height: Schema.Int.check(Schema.isGreaterThan(0)),
  kind: Schema.Literals(["send", "receive"]),
  /** What it takes from the account or adds to it in whole minor units, from 0: a receive can be of less than one. */
  amountMinor: Schema.BigInt.check(Schema.isGreaterThanOrEqualToBigInt(0n)),
  /** What the account holds after it, in the smallest unit of the rail: decimal digits. */
  balanceRaw: Schema.String.check(Schema.isPattern(/^\d{1,39}$/u)),
  /** The bytes to publish, as the rail reads them. Published again, they are these. */
  body: Schema.String.check(Schema.isMaxLength(4000)),
  /** What a send pays; null for a receive. */
  payoutId: Schema.NullOr(PayoutId),
  /** The block that a receive takes in; null for a send. */
  source: Schema.NullOr(BlockReference),
  state: OperatorBlockState,
  storedAtMillis: Schema.Int
}) {}
