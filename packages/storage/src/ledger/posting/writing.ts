/** Lays out what was decided on a batch as rows to write. */
import type { Account, AccountCode, Entry, LedgerRules, LogSalt, Transfer } from "@purser/domain/ledger"
import type { Columns, Given, Part, Writing } from "../dialect/LedgerDialect.ts"
import type { Numbered } from "../findAccounts.ts"
import { leafOf } from "../log/leaf.ts"
import { holdStates, kinds } from "../rows.ts"

/** The accounts of the batch, whose numbers go into the rows. */
type Accounts = ReadonlyMap<AccountCode, Numbered>

const totals = {
  debits_posted_minor: "integer",
  debits_pending_minor: "integer",
  credits_posted_minor: "integer",
  credits_pending_minor: "integer"
} as const

/** `ordinal` counts the new transfers from 1. */
const transferColumns = {
  ordinal: "integer",
  id: "uuid",
  kind: "code",
  debit_id: "integer",
  credit_id: "integer",
  asset: "text",
  amount_minor: "integer",
  reason: "text",
  reference: "text",
  idempotency_key: "text",
  pending_id: "uuid",
  reverses: "uuid",
  expires_at_millis: "integer",
  effective_at_millis: "integer",
  booked_at_millis: "integer",
  metadata: "text",
  salt: "bytes",
  leaf: "bytes"
} as const
const entryColumns = { ordinal: "integer", account_id: "integer", version: "integer", ...totals } as const
const metadataColumns = { ordinal: "integer", name: "text", value: "text" } as const
const accountColumns = { id: "integer", version: "integer", ...totals } as const
const holdColumns = { id: "uuid", state: "code", expires_at_millis: "integer" } as const

const millis = (time: number | null): bigint | null => time === null ? null : BigInt(time)

const totalsOf = (figures: Omit<Entry, "transfer" | "account" | "accountVersion">): Given<typeof totals> => ({
  debits_posted_minor: figures.debitsPostedMinor,
  debits_pending_minor: figures.debitsPendingMinor,
  credits_posted_minor: figures.creditsPostedMinor,
  credits_pending_minor: figures.creditsPendingMinor
})

const idOf = (accounts: Accounts, code: AccountCode): bigint => accounts.get(code)!.id

const transferRow = (transfer: Transfer, accounts: Accounts, salt: LogSalt): Given<typeof transferColumns> => ({
  ordinal: transfer.sequence,
  id: transfer.id,
  kind: kinds.codeOf(transfer.kind),
  debit_id: idOf(accounts, transfer.debit),
  credit_id: idOf(accounts, transfer.credit),
  asset: transfer.asset,
  amount_minor: transfer.amountMinor,
  reason: transfer.reason,
  reference: transfer.reference,
  idempotency_key: transfer.idempotencyKey,
  pending_id: transfer.pendingId,
  reverses: transfer.reverses,
  expires_at_millis: millis(transfer.expiresAtMillis),
  effective_at_millis: millis(transfer.effectiveAtMillis),
  booked_at_millis: millis(transfer.bookedAtMillis),
  metadata: JSON.stringify(transfer.metadata),
  salt: salt === "" ? null : salt,
  leaf: salt === "" ? null : leafOf(transfer, salt)
})

const entryRow = (entry: Entry, accounts: Accounts): Given<typeof entryColumns> => ({
  ordinal: entry.transfer.sequence,
  account_id: idOf(accounts, entry.account),
  version: entry.accountVersion,
  ...totalsOf(entry)
})

const metadataRows = ({ metadata, sequence }: Transfer): ReadonlyArray<Given<typeof metadataColumns>> =>
  Object.entries(metadata).map(([name, value]) => ({ ordinal: sequence, name, value }))

const accountRow = (account: Account, accounts: Accounts): Given<typeof accountColumns> => ({
  id: idOf(accounts, account.code),
  version: account.version,
  ...totalsOf(account)
})

/** Of a hold that is not new only the state is written. */
const holdRows = ({ holds, transfers }: LedgerRules.Decision): ReadonlyArray<Given<typeof holdColumns>> => {
  if (holds.size === 0) return []
  const expiries = new Map(transfers.map(({ expiresAtMillis, id }) => [id, expiresAtMillis]))
  return Array.from(holds, ([id, state]) => ({
    id,
    state: holdStates.codeOf(state),
    expires_at_millis: millis(expiries.get(id) ?? null)
  }))
}

const appendTo = (table: string, columns: Columns): Part["text"] => {
  const names = Object.keys(columns).filter((name) => name !== "ordinal")
  return (rows, base) =>
    `INSERT INTO ${table} (sequence, ${names.join(", ")})
      SELECT ${base} + r.ordinal, ${names.map((name) => `r.${name}`).join(", ")} FROM ${rows}`
}

const updateAccounts: Part["text"] = (rows) => {
  const changed = Object.keys(accountColumns).filter((name) => name !== "id")
  return `UPDATE account SET ${changed.map((name) => `${name} = r.${name}`).join(", ")}
    FROM ${rows} WHERE account.id = r.id`
}

const putHolds: Part["text"] = (rows) =>
  `INSERT INTO hold (id, state, expires_at_millis) SELECT r.id, r.state, r.expires_at_millis FROM ${rows}
    WHERE true ON CONFLICT (id) DO UPDATE SET state = excluded.state`

const texts = {
  transfers: appendTo("transfer", transferColumns),
  metadata: appendTo("transfer_metadata", metadataColumns),
  entries: appendTo("entry", entryColumns),
  accounts: updateAccounts,
  holds: putHolds
} as const

const part = (name: keyof typeof texts, columns: Columns, rows: Part["rows"]): Part => ({
  name,
  columns,
  rows,
  text: texts[name]
})

/** What to write of a decision that was taken on those accounts, and whose new transfers count from 1; a salt for each. */
export const writingOf = (
  decision: LedgerRules.Decision,
  accounts: Accounts,
  salts: ReadonlyArray<LogSalt>
): Writing => ({
  count: BigInt(decision.transfers.length),
  decidedOn: decision.accounts.map(({ code }) => {
    const { account, id } = accounts.get(code)!
    return { id, version: account.version }
  }),
  parts: [
    part(
      "transfers",
      transferColumns,
      decision.transfers.map((transfer, index) => transferRow(transfer, accounts, salts[index]!))
    ),
    part("metadata", metadataColumns, decision.transfers.flatMap(metadataRows)),
    part("entries", entryColumns, decision.entries.map((entry) => entryRow(entry, accounts))),
    part("accounts", accountColumns, decision.accounts.map((account) => accountRow(account, accounts))),
    part("holds", holdColumns, holdRows(decision))
  ].filter(({ rows }) => rows.length > 0)
})
