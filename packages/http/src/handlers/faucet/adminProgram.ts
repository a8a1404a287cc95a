/** Translates how admins see the program. */
import {
  adminAuditEndpoint,
  extendedHealthEndpoint,
  type JobItem,
  type ProgramStats,
  schedulerEndpoint,
  statsEndpoint,
  triggerEndpoint
} from "@purser/contract/faucet"
import type { AuditLog } from "@purser/domain/audit"
import type { FaucetAdmin, FaucetStats, JobRun } from "@purser/domain/faucet"
import type { PayoutStatus } from "@purser/domain/payouts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Implementation, implementForAdmin } from "../../server/Implementation.ts"
import { answered } from "../../server/Reply.ts"
import { auditItem } from "../audit.ts"
import { type Looked, worst } from "../health.ts"
import { instantOrNull, pageOf } from "./wire.ts"

/** What is known of the process that serves. */
export interface Process {
  readonly looked: Looked
  readonly sandboxed: ReadonlyArray<string>
  readonly startedAtMillis: number
  readonly dryRun: boolean
}

const pageDefault = 50
const millisPerSecond = 1_000

const pending: ReadonlySet<PayoutStatus> = new Set(["queued", "signed", "sent", "unknown"])
const paid: ReadonlySet<PayoutStatus> = new Set(["confirmed", "simulated"])
const failed: ReadonlySet<PayoutStatus> = new Set(["failed"])

/** Of the books that the figures are of. */
export const sumOf = ({ dryRun, payouts }: FaucetStats, statuses: ReadonlySet<PayoutStatus>): bigint =>
  payouts.filter((total) => total.dryRun === dryRun && statuses.has(total.status))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n)

/** What was paid, and what is on its way. */
export const payoutSums = (stats: FaucetStats) => ({
  paidMinor: sumOf(stats, paid),
  pendingMinor: sumOf(stats, pending),
  failedMinor: sumOf(stats, failed)
})

const told = (stats: FaucetStats): ProgramStats => {
  const { config: { config }, figures } = stats
  const { failedMinor, paidMinor, pendingMinor } = payoutSums(stats)
  return {
    users_total: figures.players,
    verifications_ok: figures.verifiedPlayers,
    flagged_users: figures.flaggedPlayers,
    held_users: figures.heldPlayers,
    abuse_flags: figures.openSignals,
    accruals_total_ban: figures.accruedMinor,
    accruals_pending_ban: figures.openMinor,
    pending_kills: figures.openKills,
    payouts_sent_ban: paidMinor,
    payouts_pending_ban: pendingMinor,
    payouts_failed_ban: failedMinor,
    operator_account: stats.operatorAccount,
    operator_balance_ban: stats.walletMinor,
    ban_per_kill: config.rateMinor,
    cap_unit: config.caps.unit,
    daily_cap: config.caps.perDay,
    weekly_cap: config.caps.perWeek,
    halted: config.killSwitch,
    kills_by_region: Object.fromEntries(figures.killsByRegion),
    payouts_by_region: Object.fromEntries(figures.payoutsByRegion),
    dry_run: stats.dryRun
  }
}

const jobItem = (run: JobRun): typeof JobItem.Type => ({
  job: run.job,
  started_at: instantOrNull(run.startedAtMillis),
  finished_at: instantOrNull(run.finishedAtMillis),
  outcome: run.outcome,
  detail: run.detail,
  asked_at: instantOrNull(run.askedAtMillis)
})

/** How the process is, and since when it serves. */
export const healthNow = ({ looked, startedAtMillis }: Process) =>
  Effect.map(Effect.all([looked, Clock.currentTimeMillis]), ([checks, nowMillis]) => ({
    state: worst(checks),
    uptimeSeconds: Math.max(0, Math.floor((nowMillis - startedAtMillis) / millisPerSecond)),
    checks
  }))

/** What admins may do with the program as a whole. */
export interface ProgramHouse {
  readonly admin: FaucetAdmin["Service"]
  readonly audit: AuditLog["Service"]
  readonly process: Process
}

const jobHandlers = (admin: FaucetAdmin["Service"]): ReadonlyArray<Implementation> => [
  implementForAdmin(
    schedulerEndpoint,
    () => Effect.map(admin.jobs, (jobs) => answered(200, { jobs: jobs.map(jobItem) }))
  ),
  implementForAdmin(
    triggerEndpoint,
    ({ payload: { job } }, { actor }) =>
      Effect.as(admin.trigger(actor, job), answered(200, { job, status: "asked" } as const))
  )
]

/** `GET /admin/stats`, `/admin/health/extended`, `/admin/audit`, `/admin/scheduler/status`, `POST …/trigger`. */
export const adminProgramHandlers = ({ admin, audit, process }: ProgramHouse): ReadonlyArray<Implementation> => [
  implementForAdmin(statsEndpoint, () => Effect.map(admin.stats, (stats) => answered(200, told(stats)))),
  implementForAdmin(
    extendedHealthEndpoint,
    () =>
      Effect.map(healthNow(process), ({ checks, state, uptimeSeconds }) =>
        answered(200, {
          status: state,
          uptime_seconds: uptimeSeconds,
          checks,
          sandbox: process.sandboxed,
          dry_run: process.dryRun
        }))
  ),
  implementForAdmin(adminAuditEndpoint, ({ query }) => {
    const { action, actor, cursor, limit = pageDefault, target } = query
    const asked = {
      ...action === undefined ? {} : { action },
      ...actor === undefined ? {} : { actor },
      ...target === undefined ? {} : { subject: target },
      ...cursor === undefined ? {} : { before: cursor }
    }
    return Effect.map(audit.list({ ...asked, limit: limit + 1 }), (found) => {
      const { last, rows } = pageOf(found, limit)
      return answered(200, { entries: rows.map(auditItem), next: last?.sequence ?? null })
    })
  }),
  ...jobHandlers(admin)
]
