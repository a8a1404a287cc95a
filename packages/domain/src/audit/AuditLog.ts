/** Declares the append-only record of who did what. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { StorageError } from "../transaction/index.ts"

/** One deed. `actor` names a principal (`operator`, `system:monitor`), `action` is dotted words, `subject` what it was done to. */
export class AuditEntry extends Schema.Class<AuditEntry>("AuditEntry")({
  actor: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,100}$/u)),
  action: Schema.String.check(Schema.isPattern(/^(?=.{1,64}$)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/u)),
  subject: Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u)),
  /** What else matters, without secrets. */
  details: Schema.Record(Schema.String, Schema.String),
  correlationId: Schema.NullOr(Schema.String),
  atMillis: Schema.Int
}) {}

/** An entry with its place in the log, counted from 1 without a gap. */
export interface AuditRecord {
  readonly sequence: bigint
  readonly entry: AuditEntry
}

/** Appends and reads. Entries are never changed or removed. Joins the surrounding `Transaction`. */
export class AuditLog extends Context.Service<AuditLog, {
  readonly append: (entry: AuditEntry) => Effect.Effect<AuditRecord, StorageError>
  /** Newest first, `before` exclusive, at most `limit` (1 to 1,000); all given conditions must hold. */
  readonly list: (query: {
    readonly actor?: string
    readonly action?: string
    readonly subject?: string
    readonly fromMillis?: number
    readonly toMillis?: number
    readonly before?: bigint
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<AuditRecord>, StorageError>
}>()("@purser/domain/audit/AuditLog") {}
