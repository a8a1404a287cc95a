/** Declares how the audit log is read. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { problemsOf } from "../problems/index.ts"
import { Instant, Sequence } from "../scalars.ts"
import { InternalKey } from "./InternalKey.ts"
import { codesOf, RouteRules, type Rules } from "./RouteRules.ts"

/** One deed. */
export const AuditItem = Schema.Struct({
  sequence: Sequence,
  actor: Schema.String.annotate({ description: "The principal that did it.", examples: ["key:3f1b9c2a6d5e4f70"] }),
  action: Schema.String.annotate({ examples: ["token.revoke"] }),
  subject: Schema.String.annotate({ description: "What it was done to; of a token its hash." }),
  details: Schema.Record(Schema.String, Schema.String),
  correlation_id: Schema.NullOr(Schema.String),
  at: Instant
}).annotate({ identifier: "AuditItem" })
export type AuditItem = typeof AuditItem.Type

/** A page, newest first. `next` is what to send as `before` for the page after it, null on the last. */
export const AuditPage = Schema.Struct({
  entries: Schema.Array(AuditItem),
  next: Schema.NullOr(Sequence)
}).annotate({ identifier: "AuditPage", description: "Entries that meet every filter, newest first." })
export type AuditPage = typeof AuditPage.Type

const largestPage = 500

const Limit = Schema.String.check(
  Schema.isPattern(/^(?:[1-9][0-9]?|[1-4][0-9]{2}|500)$/u, { expected: `a whole number from 1 to ${largestPage}` })
).annotate({ description: "Most entries of the page, 100 unless given." }).pipe(
  Schema.decodeTo(Schema.Int, SchemaTransformation.transform({ decode: Number, encode: String }))
)

const filter = (description: string) =>
  Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { expected: "1 to 200 characters" })).annotate({
      description
    })
  )

const rules: Rules = {
  doors: ["internal"],
  credential: "internal_key",
  body: "none",
  effect: "none",
  limit: "admin",
  audit: { omitted: "reads only" },
  holds: "state",
  problems: ["invalid_request", "storage_unavailable"],
  misses: []
}

/** `GET /api/v1/audit`. */
export const auditEndpoint = HttpApiEndpoint.get("list", "/api/v1/audit", {
  disableCodecs: true,
  query: {
    actor: filter("Only what this principal did."),
    action: filter("Only this action."),
    subject: filter("Only what was done to this."),
    from: Schema.optionalKey(Instant),
    to: Schema.optionalKey(Instant),
    before: Schema.optionalKey(Sequence),
    limit: Schema.optionalKey(Limit)
  },
  success: AuditPage,
  error: problemsOf(codesOf(rules))
}).annotate(RouteRules, rules).middleware(InternalKey).annotateMerge(OpenApi.annotations({
  summary: "Read the audit log",
  description: "`from` and `to` are inclusive. Pages do not shift while entries are added: pass `next` as `before`."
}))

/** The audit log. */
export const auditGroup = HttpApiGroup.make("audit").add(auditEndpoint).annotateMerge(OpenApi.annotations({
  title: "Audit",
  description: "Who did what, append-only."
}))
