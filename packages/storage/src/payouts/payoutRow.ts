/** Maps payouts to rows and back. */
import { Asset } from "@purser/domain/money"
import { BlockReference, Payout, PayoutId, PayoutKey, type PayoutStatus } from "@purser/domain/payouts"
import { codes } from "../codes.ts"
import type { ColumnTypes } from "../dialect/givenRows.ts"
import { bytesOf, hexOf } from "../hex.ts"

/** A row of `payout`. */
export interface PayoutRow {
  readonly id: string
  readonly payout_key: Uint8Array
  readonly player_id: string
  readonly payee: string
  readonly asset: string
  readonly amount_minor: bigint
  readonly dry_run: bigint
  readonly status: bigint
  readonly queued_at_millis: bigint
  readonly round: bigint
  readonly block: string | null
  readonly taken_at_millis: bigint | null
  readonly attempts: bigint
  readonly first_attempt_at_millis: bigint | null
  readonly last_attempt_at_millis: bigint | null
  readonly next_attempt_at_millis: bigint | null
  readonly failure_reason: string | null
}

/** The columns of `payout`. */
export const payoutColumns: ColumnTypes<PayoutRow> = {
  id: "text",
  payout_key: "bytes",
  player_id: "text",
  payee: "text",
  asset: "text",
  amount_minor: "integer",
  dry_run: "code",
  status: "code",
  queued_at_millis: "integer",
  round: "integer",
  block: "text",
  taken_at_millis: "integer",
  attempts: "integer",
  first_attempt_at_millis: "integer",
  last_attempt_at_millis: "integer",
  next_attempt_at_millis: "integer",
  failure_reason: "text"
}

/** Numbers of states, in the order of `PayoutStatus`. */
export const statuses = codes<PayoutStatus>("status of a payout", {
  queued: 1n,
  signed: 2n,
  sent: 3n,
  unknown: 4n,
  confirmed: 5n,
  failed: 6n,
  simulated: 7n
})

const bigOrNull = (value: number | null): bigint | null => value === null ? null : BigInt(value)
const numberOrNull = (value: bigint | null): number | null => value === null ? null : Number(value)

/** The row of a payout. */
export const rowOf = (payout: Payout): PayoutRow => ({
  id: payout.id,
  payout_key: bytesOf(payout.key),
  player_id: payout.player,
  payee: payout.payee,
  asset: payout.asset,
  amount_minor: payout.amountMinor,
  dry_run: payout.dryRun ? 1n : 0n,
  status: statuses.codeOf(payout.status),
  queued_at_millis: BigInt(payout.queuedAtMillis),
  round: BigInt(payout.round),
  block: payout.block,
  taken_at_millis: bigOrNull(payout.takenAtMillis),
  attempts: BigInt(payout.attempts),
  first_attempt_at_millis: bigOrNull(payout.firstAttemptAtMillis),
  last_attempt_at_millis: bigOrNull(payout.lastAttemptAtMillis),
  next_attempt_at_millis: bigOrNull(payout.nextAttemptAtMillis),
  failure_reason: payout.failureReason
})

/** The payout of a row. Throws where the row fits no payout. */
export const payoutOf = (row: PayoutRow): Payout =>
  new Payout({
    id: PayoutId.make(row.id),
    key: PayoutKey.make(hexOf(row.payout_key)),
    player: row.player_id,
    payee: row.payee,
    asset: Asset.AssetCode.make(row.asset),
    amountMinor: row.amount_minor,
    dryRun: row.dry_run === 1n,
    status: statuses.nameOf(row.status),
    queuedAtMillis: Number(row.queued_at_millis),
    round: Number(row.round),
    block: row.block === null ? null : BlockReference.make(row.block),
    takenAtMillis: numberOrNull(row.taken_at_millis),
    attempts: Number(row.attempts),
    firstAttemptAtMillis: numberOrNull(row.first_attempt_at_millis),
    lastAttemptAtMillis: numberOrNull(row.last_attempt_at_millis),
    nextAttemptAtMillis: numberOrNull(row.next_attempt_at_millis),
    failureReason: row.failure_reason
  })
