/** Translates questions to the audit log. */
import { auditEndpoint, type AuditItem } from "@purser/contract"
import type { AuditLog, AuditRecord } from "@purser/domain/audit"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { implement, type Implementation, type Input } from "../server/Implementation.ts"
import { answered } from "../server/Reply.ts"

const pageDefault = 100

/** An entry in the contract's words. */
export const auditItem = ({ entry, sequence }: AuditRecord): AuditItem => ({
  sequence,
  actor: entry.actor,
  action: entry.action,
  subject: entry.subject,
  details: entry.details,
  correlation_id: entry.correlationId,
  at: DateTime.makeUnsafe(entry.atMillis)
})

type Query = Input<typeof auditEndpoint>["query"]

const conditions = ({ action, actor, before, from, subject, to }: Query) => ({
  ...actor === undefined ? {} : { actor },
  ...action === undefined ? {} : { action },
  ...subject === undefined ? {} : { subject },
  ...before === undefined ? {} : { before },
  ...from === undefined ? {} : { fromMillis: DateTime.toEpochMillis(from) },
  ...to === undefined ? {} : { toMillis: DateTime.toEpochMillis(to) }
})

/** `GET /api/v1/audit`. One entry more than the page is asked for, to know whether there is a next one. */
export const listAudit = (audit: AuditLog["Service"]): Implementation =>
  implement(auditEndpoint, ({ query }) => {
    const limit = query.limit ?? pageDefault
    return Effect.map(audit.list({ ...conditions(query), limit: limit + 1 }), (records) => {
      const page = records.slice(0, limit)
      const next = records.length > limit ? page.at(-1)?.sequence ?? null : null
      return answered(200, { entries: page.map(auditItem), next })
    })
  })
