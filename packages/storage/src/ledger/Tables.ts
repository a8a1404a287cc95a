/** Types the tables of the ledger. */
import type { StoredUuid } from "./dialect/LedgerDialect.ts"

/** The totals of an account, in minor units: on its row, and on each of its entries just after the transfer. */
export interface TotalsRow {
  readonly debits_posted_minor: bigint
  readonly debits_pending_minor: bigint
  readonly credits_posted_minor: bigint
  readonly credits_pending_minor: bigint
}

/** A row of `account`. */
export interface AccountRow extends TotalsRow {
  readonly id: bigint
  readonly code: string
  readonly asset: string
  readonly normal_side: bigint
  readonly balance_rule: bigint
  readonly overdraft_minor: bigint
  readonly metadata: string
  readonly state: bigint
  readonly version: bigint
  readonly opened_at_millis: bigint
}

/** A row of `transfer`; its accounts by their numbers. */
export interface StoredTransfer {
  readonly sequence: bigint
  readonly id: StoredUuid
  readonly kind: bigint
  readonly debit_id: bigint
  readonly credit_id: bigint
  readonly asset: string
  readonly amount_minor: bigint
  readonly reason: string
  readonly reference: string | null
  readonly idempotency_key: string | null
  readonly pending_id: StoredUuid | null
  readonly reverses: StoredUuid | null
  readonly expires_at_millis: bigint | null
  readonly effective_at_millis: bigint
  readonly booked_at_millis: bigint
  readonly metadata: string
  /** Both null for transfers from before there was a log. */
  readonly salt: Uint8Array | null
  readonly leaf: Uint8Array | null
}

/** A row of `entry`. */
export interface StoredEntry extends TotalsRow {
  readonly account_id: bigint
  readonly version: bigint
  readonly sequence: bigint
}

/** A row of `tile`: 256 hashes of one level of the log's tree, and the one that they make on the next level. */
export interface TileRow {
  readonly level: bigint
  readonly idx: bigint
  readonly root: Uint8Array
  readonly hashes: Uint8Array
}

/** A row of `span`: between which times a full stretch of the log lies. */
export interface SpanRow {
  readonly level: bigint
  readonly idx: bigint
  readonly effective_from_millis: bigint
  readonly effective_to_millis: bigint
  /** The same with strays. */
  readonly earliest_millis: bigint
  readonly latest_millis: bigint
  readonly booked_from_millis: bigint
  readonly booked_to_millis: bigint
  readonly strays: string
}

/** The tables that the ledger reads. Nothing else writes them. */
export interface Tables {
  readonly account: AccountRow
  readonly transfer: StoredTransfer
  readonly entry: StoredEntry
  readonly transfer_metadata: { readonly name: string; readonly value: string; readonly sequence: bigint }
  readonly hold: { readonly id: StoredUuid; readonly state: bigint; readonly expires_at_millis: bigint | null }
  readonly tile: TileRow
  readonly signed_head: { readonly size: bigint; readonly note: string; readonly signed_at_millis: bigint }
  readonly span: SpanRow
  readonly head: { readonly name: string; readonly last: bigint }
}
