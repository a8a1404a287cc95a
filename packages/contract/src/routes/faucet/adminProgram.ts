/** Declares how admins see how the program goes. */
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { problemsOf } from "../../problems/index.ts"
import { Ban, Instant, Sequence } from "../../scalars.ts"
import { AuditPage } from "../audit.ts"
import { HealthCheck, HealthState } from "../health.ts"
import { codesOf, RouteRules, type Rules } from "../RouteRules.ts"
import { Admin } from "./credentials.ts"
import { limitOf } from "./paging.ts"
import { adminDoes, adminReads } from "./rules.ts"

const Figure = Schema.Int.annotate({ examples: [500] })

/** The figures of the program. */
export const ProgramStats = Schema.Struct({
  users_total: Figure,
  verifications_ok: Figure.annotate({ description: "Members with a linked account." }),
  flagged_users: Figure,
  held_users: Figure,
  abuse_flags: Figure.annotate({ description: "Signals that nobody has decided about." }),
  accruals_total_ban: Ban.annotate({ description: "All that was earned." }),
  accruals_pending_ban: Ban.annotate({ description: "What is in no payout." }),
  pending_kills: Figure,
  payouts_sent_ban: Ban.annotate({ description: "Confirmed; in a dry run simulated." }),
  payouts_pending_ban: Ban.annotate({ description: "Queued, signed, sent or being looked up." }),
  payouts_failed_ban: Ban,
  operator_account: Schema.String,
  operator_balance_ban: Ban.annotate({ description: "By the books." }),
  ban_per_kill: Ban,
  cap_unit: Schema.Literals(["payouts", "kills"]),
  daily_cap: Schema.Int.annotate({ examples: [1] }),
  weekly_cap: Schema.Int.annotate({ examples: [3] }),
  halted: Schema.Boolean.annotate({ description: "Whether the kill switch is on." }),
  kills_by_region: Schema.Record(Schema.String, Schema.Int),
  payouts_by_region: Schema.Record(Schema.String, Schema.Int),
  dry_run: Schema.Boolean
}).annotate({ identifier: "ProgramStats", description: "The figures of the program." })
export type ProgramStats = typeof ProgramStats.Type

/** How the installation is, for admins. */
export const ExtendedHealth = Schema.Struct({
  status: HealthState,
  uptime_seconds: Schema.Int.annotate({ description: "Since the doors opened.", examples: [86_400] }),
  checks: Schema.Array(HealthCheck),
  sandbox: Schema.Array(Schema.String).annotate({
    description: "Providers that a sandbox stands in for.",
    examples: [[]]
  }),
  dry_run: Schema.Boolean
}).annotate({ identifier: "ExtendedHealth", description: "Every dependency and its state." })

/** A job of the program. */
export const JobName = Schema.Literals(["accrual", "settlement", "payout", "verification", "reconciliation", "prune"])

/** A job as it last went. */
export const JobItem = Schema.Struct({
  job: JobName,
  started_at: Schema.NullOr(Instant),
  finished_at: Schema.NullOr(Instant),
  outcome: Schema.NullOr(Schema.Literals(["ok", "failed"])),
  detail: Schema.String.annotate({ examples: ["paid 12 players"] }),
  asked_at: Schema.NullOr(Instant).annotate({ description: "When somebody asked for a run that has not begun." })
}).annotate({ identifier: "JobItem" })

/** Every job. */
export const JobList = Schema.Struct({ jobs: Schema.Array(JobItem) }).annotate({
  identifier: "JobList",
  description: "Every job as it last went."
})

/** Which job to run. */
export const TriggerRequest = Schema.Struct({ job: JobName }).annotate({ identifier: "TriggerRequest" })

/** Somebody asked for a run. */
export const Triggered = Schema.Struct({ job: JobName, status: Schema.Literal("asked") }).annotate({
  identifier: "Triggered",
  description: "It runs as soon as the one process that may run it gets to it."
})

const condition = (description: string) =>
  Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{1,200}$/u, { expected: "1 to 200 characters" }))
      .annotate({ description })
  )

/** `GET /admin/stats`. */
export const statsEndpoint = HttpApiEndpoint.get("stats", "/admin/stats", {
  disableCodecs: true,
  success: ProgramStats,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "See how the program goes",
  description: "Counts and sums of one set of books: the real ones, or those of the dry run."
}))

/** `GET /admin/health/extended`. */
export const extendedHealthEndpoint = HttpApiEndpoint.get("health", "/admin/health/extended", {
  disableCodecs: true,
  success: ExtendedHealth,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "See how the installation is",
  description: "Always 200: `status` is the worst of the checks."
}))

/** `GET /admin/audit`. */
export const adminAuditEndpoint = HttpApiEndpoint.get("audit", "/admin/audit", {
  disableCodecs: true,
  query: {
    actor: condition("Only what this principal did."),
    action: condition("Only this action."),
    target: condition("Only what was done to this."),
    cursor: Schema.optionalKey(Sequence),
    limit: limitOf({ most: 200, usual: 50 })
  },
  success: AuditPage,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Read the audit log",
  description: "Newest first. Pass `next` as `cursor`."
}))

/** `GET /admin/scheduler/status`. */
export const schedulerEndpoint = HttpApiEndpoint.get("scheduler", "/admin/scheduler/status", {
  disableCodecs: true,
  success: JobList,
  error: problemsOf(codesOf(adminReads))
}).annotate(RouteRules, adminReads).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "See how the jobs went",
  description: "Also those that never ran."
}))

const triggerRules: Rules = adminDoes("job.trigger")

/** `POST /admin/scheduler/trigger`. */
export const triggerEndpoint = HttpApiEndpoint.post("trigger", "/admin/scheduler/trigger", {
  disableCodecs: true,
  payload: TriggerRequest,
  success: Triggered,
  error: problemsOf(codesOf(triggerRules))
}).annotate(RouteRules, triggerRules).middleware(Admin).annotateMerge(OpenApi.annotations({
  summary: "Ask for a run now",
  description: "Asking twice is asking once. The job itself still runs once at a time, within its caps and ceilings."
}))

/** The program as a whole. */
export const adminProgramGroup = HttpApiGroup.make("admin-program").add(
  statsEndpoint,
  extendedHealthEndpoint,
  adminAuditEndpoint,
  schedulerEndpoint,
  triggerEndpoint
).annotateMerge(OpenApi.annotations({ title: "Program", description: "How the program goes." }))
