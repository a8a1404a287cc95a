/** Maps entries of the audit log to rows and back. */
import { AuditEntry, type AuditRecord } from "@purser/domain/audit"

/** A row of `audit` without its place. `details` is a JSON object of texts. */
export interface EntryColumns {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: string
  readonly correlation_id: string | null
  readonly at_millis: bigint
}

/** A row of `audit`. */
export interface AuditRow extends EntryColumns {
  readonly sequence: bigint
}

/** The columns of an entry. */
export const columnsOf = (entry: AuditEntry): EntryColumns => ({
  actor: entry.actor,
  action: entry.action,
  subject: entry.subject,
  details: JSON.stringify(entry.details),
  correlation_id: entry.correlationId,
  at_millis: BigInt(entry.atMillis)
})

/** The record of a row. Throws where the row fits no entry. */
export const recordOf = (row: AuditRow): AuditRecord => ({
  sequence: row.sequence,
  entry: new AuditEntry({
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    details: JSON.parse(row.details) as Record<string, string>,
    correlationId: row.correlation_id,
    atMillis: Number(row.at_millis)
  })
})
