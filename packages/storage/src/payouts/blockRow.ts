/** Maps blocks of the operator to rows and back. */
import { BlockReference, OperatorBlock, type OperatorBlockState, PayoutId } from "@purser/domain/payouts"
import { codes } from "../codes.ts"

/** A row of `operator_block`. */
export interface BlockRow {
  readonly hash: string
  readonly account: string
  readonly previous: string
  readonly height: bigint
  readonly kind: bigint
  readonly amount_minor: bigint
  readonly balance_raw: string
  readonly body: string
  readonly payout_id: string | null
  readonly source: string | null
  readonly state: bigint
  readonly stored_at_millis: bigint
}

/** Numbers of kinds. */
export const kinds = codes<OperatorBlock["kind"]>("kind of block", { send: 1n, receive: 2n })
/** Numbers of states, in the order of `OperatorBlockState`. */
export const states = codes<OperatorBlockState>("state of a block", { stored: 1n, landed: 2n, confirmed: 3n, dead: 4n })

/** The row of a block. */
export const rowOf = (block: OperatorBlock): BlockRow => ({
  hash: block.hash,
  account: block.account,
  previous: block.previous,
  height: BigInt(block.height),
  kind: kinds.codeOf(block.kind),
  amount_minor: block.amountMinor,
  balance_raw: block.balanceRaw,
  body: block.body,
  payout_id: block.payoutId,
  source: block.source,
  state: states.codeOf(block.state),
  stored_at_millis: BigInt(block.storedAtMillis)
})

/** The block of a row. Throws where the row fits no block. */
export const blockOf = (row: BlockRow): OperatorBlock =>
  new OperatorBlock({
    hash: BlockReference.make(row.hash),
    account: row.account,
    previous: BlockReference.make(row.previous),
    height: Number(row.height),
    kind: kinds.nameOf(row.kind),
    amountMinor: row.amount_minor,
    balanceRaw: row.balance_raw,
    body: row.body,
    payoutId: row.payout_id === null ? null : PayoutId.make(row.payout_id),
    source: row.source === null ? null : BlockReference.make(row.source),
    state: states.nameOf(row.state),
    storedAtMillis: Number(row.stored_at_millis)
  })
