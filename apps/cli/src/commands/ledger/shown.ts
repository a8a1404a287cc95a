/** Shows a transfer to programs and to people. */
import type { Transfer } from "@purser/domain/ledger"
import { inAsset } from "./books.ts"

/** Milliseconds since 1970 as text in UTC. */
export const time = (millis: number): string => new Date(millis).toISOString()

const timeOrNull = (millis: number | null): string | null => millis === null ? null : time(millis)

/** A transfer as every `--json` of the ledger shows it. */
export const transferJson = (transfer: Transfer) => ({
  id: transfer.id,
  sequence: transfer.sequence,
  kind: transfer.kind,
  debit: transfer.debit,
  credit: transfer.credit,
  asset: transfer.asset,
  amount_minor: transfer.amountMinor,
  reason: transfer.reason,
  reference: transfer.reference,
  idempotency_key: transfer.idempotencyKey,
  pending_id: transfer.pendingId,
  reverses: transfer.reverses,
  expires_at: timeOrNull(transfer.expiresAtMillis),
  effective_at: time(transfer.effectiveAtMillis),
  booked_at: time(transfer.bookedAtMillis),
  metadata: transfer.metadata
})

/** Its amount with the asset: `12.5 EUR`. */
export const amountText = ({ amountMinor, asset }: Pick<Transfer, "amountMinor" | "asset">): string =>
  `${inAsset(amountMinor, asset)} ${asset}`

const longest = 20

/** A text that a column has room for. */
export const shortened = (text: string | null): string =>
  text === null || text.length <= longest ? text ?? "" : `${text.slice(0, longest - 1)}…`
