/** Writes rows of the faucet in the contract's words. */
import type { AccrualItem, AdminPayoutItem, PayoutItem, WalletItem } from "@purser/contract/faucet"
import type { Payout } from "@purser/domain/payouts"
import type { KeptAccrual, WalletLink } from "@purser/domain/rewards"
import * as DateTime from "effect/DateTime"

/** A moment on the wire. */
export const instant = (millis: number): DateTime.Utc => DateTime.makeUnsafe(millis)

/** A moment, or none. */
export const instantOrNull = (millis: number | null): DateTime.Utc | null => millis === null ? null : instant(millis)

/** An address and when it counts. */
export const walletItem = ({ address, effectiveAtMillis, linkedAtMillis }: WalletLink): typeof WalletItem.Type => ({
  address,
  linked_at: instant(linkedAtMillis),
  effective_at: instant(effectiveAtMillis)
})

/** A payout as its payee sees it. */
export const payoutItem = (payout: Payout): typeof PayoutItem.Type => ({
  id: payout.id,
  amount_ban: payout.amountMinor,
  status: payout.status,
  address: payout.payee,
  tx_hash: payout.block,
  created_at: instant(payout.queuedAtMillis),
  sent_at: instantOrNull(payout.takenAtMillis),
  dry_run: payout.dryRun
})

/** A payout as admins see it. */
export const adminPayoutItem = (payout: Payout): typeof AdminPayoutItem.Type => ({
  ...payoutItem(payout),
  player: payout.player,
  round: payout.round,
  attempts: payout.attempts,
  last_attempt_at: instantOrNull(payout.lastAttemptAtMillis),
  next_attempt_at: instantOrNull(payout.nextAttemptAtMillis),
  error_detail: payout.failureReason
})

/** What was earned in one minute. */
export const accrualItem = (
  { accrual, bookedAtMillis, dryRun, payoutId }: KeptAccrual
): typeof AccrualItem.Type => ({
  id: accrual.id,
  kills: accrual.kills,
  rate_ban: accrual.rateMinor,
  amount_ban: accrual.amountMinor,
  settled: payoutId !== null,
  payout_id: payoutId,
  epoch_minute: accrual.epochMinute,
  created_at: instant(bookedAtMillis),
  dry_run: dryRun
})

/** A page, of which one row more was asked for to know whether there is a next one. */
export const pageOf = <Row>(rows: ReadonlyArray<Row>, limit: number): {
  readonly rows: ReadonlyArray<Row>
  readonly last: Row | undefined
} => {
  const page = rows.slice(0, limit)
  return { rows: page, last: rows.length > limit ? page.at(-1) : undefined }
}
