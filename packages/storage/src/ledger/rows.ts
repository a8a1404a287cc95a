/** Maps accounts, transfers and entries from rows, and names the small numbers in them. */
import type { Account, AccountCode, Entry, LedgerRules, Transfer, TransferId } from "@purser/domain/ledger"
import { codes } from "../codes.ts"
import type { LedgerDialect, StoredUuid } from "./dialect/LedgerDialect.ts"
import type { AccountRow, StoredTransfer, TotalsRow } from "./Tables.ts"

/** Numbers of sides. */
export const sides = codes<Account["normalSide"]>("side", { debit: 1n, credit: 2n })
/** Numbers of balance rules. */
export const balanceRules = codes<Account["balanceRule"]>("balance rule", {
  none: 1n,
  debits_at_most_credits: 2n,
  credits_at_most_debits: 3n
})
/** Numbers of the states of accounts. */
export const accountStates = codes<Account["state"]>("account state", { open: 1n, closed: 2n })
/** Numbers of the kinds of transfers. */
export const kinds = codes<Transfer["kind"]>("transfer kind", { post: 1n, hold: 2n, settle: 3n, void: 4n, expire: 5n })
/** Numbers of the states of holds. */
export const holdStates = codes<LedgerRules.HoldState>("hold state", {
  pending: 1n,
  settled: 2n,
  voided: 3n,
  expired: 4n
})

/** A transfer with the codes of its accounts in place of their numbers. */
export interface TransferRow extends Omit<StoredTransfer, "debit_id" | "credit_id"> {
  readonly debit: string
  readonly credit: string
}

const metadataOf = (text: string): Account["metadata"] => text === "{}" ? {} : JSON.parse(text)

/** The totals of a row. */
export const totalsOf = (row: TotalsRow) => ({
  debitsPostedMinor: row.debits_posted_minor,
  debitsPendingMinor: row.debits_pending_minor,
  creditsPostedMinor: row.credits_posted_minor,
  creditsPendingMinor: row.credits_pending_minor
})

/** The account of a row. */
export const accountOf = (row: AccountRow): Account => ({
  code: row.code as AccountCode,
  asset: row.asset as Account["asset"],
  normalSide: sides.nameOf(row.normal_side),
  balanceRule: balanceRules.nameOf(row.balance_rule),
  overdraftMinor: row.overdraft_minor,
  metadata: metadataOf(row.metadata),
  state: accountStates.nameOf(row.state),
  ...totalsOf(row),
  version: row.version,
  openedAtMillis: Number(row.opened_at_millis)
})

/** Reads transfers from rows. */
export const makeTransferOf = ({ uuid }: LedgerDialect) => {
  const idOf = (stored: StoredUuid | null) => stored === null ? null : uuid.decode(stored) as TransferId
  return (row: TransferRow): Transfer => ({
    id: uuid.decode(row.id) as TransferId,
    kind: kinds.nameOf(row.kind),
    debit: row.debit as AccountCode,
    credit: row.credit as AccountCode,
    asset: row.asset as Transfer["asset"],
    amountMinor: row.amount_minor,
    reason: row.reason as Transfer["reason"],
    reference: row.reference,
    idempotencyKey: row.idempotency_key as Transfer["idempotencyKey"],
    pendingId: idOf(row.pending_id),
    reverses: idOf(row.reverses),
    expiresAtMillis: row.expires_at_millis === null ? null : Number(row.expires_at_millis),
    effectiveAtMillis: Number(row.effective_at_millis),
    bookedAtMillis: Number(row.booked_at_millis),
    sequence: row.sequence,
    metadata: metadataOf(row.metadata)
  })
}

/** What an entry says besides its transfer. */
export const balanceOf = (row: TotalsRow & { readonly version: bigint }, account: string): Omit<Entry, "transfer"> => ({
  account: account as AccountCode,
  accountVersion: row.version,
  ...totalsOf(row)
})
