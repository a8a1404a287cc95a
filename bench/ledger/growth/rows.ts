/** Lays a made-up transfer out as the rows that posting writes, in the order of the columns here. */
import { accountAt, type SeededHold, type SeededTotals, type SeededTransfer, startMillis } from "./history.ts"

/** What a row holds before it is encoded for a database: `uuid` and `bytes` are text here. */
export type Value = string | number | null

/** How a column is encoded. */
export type Encoding = "plain" | "uuid" | "bytes"

/** The tables and their columns. */
export const tables = {
  account: {
    id: "plain",
    code: "plain",
    asset: "plain",
    normal_side: "plain",
    balance_rule: "plain",
    overdraft_minor: "plain",
    metadata: "plain",
    state: "plain",
    debits_posted_minor: "plain",
    debits_pending_minor: "plain",
    credits_posted_minor: "plain",
    credits_pending_minor: "plain",
    version: "plain",
    opened_at_millis: "plain"
  },
  transfer: {
    sequence: "plain",
    id: "uuid",
    kind: "plain",
    debit_id: "plain",
    credit_id: "plain",
    asset: "plain",
    amount_minor: "plain",
    reason: "plain",
    reference: "plain",
    idempotency_key: "plain",
    pending_id: "uuid",
    reverses: "uuid",
    expires_at_millis: "plain",
    effective_at_millis: "plain",
    booked_at_millis: "plain",
    metadata: "plain",
    salt: "bytes",
    leaf: "bytes"
  },
  entry: {
    account_id: "plain",
    version: "plain",
    sequence: "plain",
    debits_posted_minor: "plain",
    debits_pending_minor: "plain",
    credits_posted_minor: "plain",
    credits_pending_minor: "plain"
  },
  transfer_metadata: { name: "plain", value: "plain", sequence: "plain" },
  hold: { id: "uuid", state: "plain", expires_at_millis: "plain" }
} as const satisfies Readonly<Record<string, Readonly<Record<string, Encoding>>>>

/** A table of the ledger. */
export type TableName = keyof typeof tables

/** The tables that only grow. */
export const logTables = ["transfer", "entry", "transfer_metadata"] as const

const totals = (of: SeededTotals): ReadonlyArray<Value> => [
  of.debitsPosted,
  of.debitsPending,
  of.creditsPosted,
  of.creditsPending
]

/** The account with that number, as it is. */
export const accountRow = (id: number, now: SeededTotals): ReadonlyArray<Value> => {
  const { balanceRule, code, normalSide } = accountAt(id)
  return [id, code, "EUR", normalSide, balanceRule, 0, "{}", 1, ...totals(now), now.version, startMillis]
}

/** The row of the transfer itself. */
export const transferRow = (seeded: SeededTransfer): ReadonlyArray<Value> => {
  const { transfer } = seeded
  return [
    transfer.sequence,
    transfer.id,
    seeded.kind,
    seeded.debitId,
    seeded.creditId,
    transfer.asset,
    Number(transfer.amountMinor),
    transfer.reason,
    transfer.reference,
    transfer.idempotencyKey,
    transfer.pendingId,
    transfer.reverses,
    transfer.expiresAtMillis,
    transfer.effectiveAtMillis,
    transfer.bookedAtMillis,
    seeded.metadataText,
    seeded.saltHex,
    seeded.leafHex
  ]
}

/** The rows of its two entries. */
export const entryRows = (
  { creditId, creditTotals, debitId, debitTotals, transfer }: SeededTransfer
): readonly [ReadonlyArray<Value>, ReadonlyArray<Value>] => [
  [debitId, debitTotals.version, transfer.sequence, ...totals(debitTotals)],
  [creditId, creditTotals.version, transfer.sequence, ...totals(creditTotals)]
]

/** The rows that its metadata is searched by. */
export const metadataRows = (
  { transfer: { metadata, sequence } }: SeededTransfer
): ReadonlyArray<ReadonlyArray<Value>> => Object.entries(metadata).map(([name, value]) => [name, value, sequence])

/** The row of a hold. */
export const holdRow = (
  { expiresAtMillis, id, state }: SeededHold
): ReadonlyArray<Value> => [id, state, expiresAtMillis]
