/** Makes what pages of admins show of the program. */
import type { FaucetStats, JobRun, ReviewItem as KeptReview } from "@purser/domain/faucet"
import type { StorageError } from "@purser/domain/transaction"
import type { JobItem, OverviewView, ProgramStats, ReviewItem, StoppedPayouts } from "@purser/web"
import * as Effect from "effect/Effect"
import { healthNow, payoutSums } from "../../handlers/faucet/adminProgram.ts"
import { banText, isoText, isoTextOrNull, type PageHouse, settlementMinutes } from "../PageHouse.ts"

const modeOf = ({ dryRun, sandboxed }: PageHouse["process"]): ProgramStats["mode"] => {
  if (dryRun) return "dry_run"
  return sandboxed.length > 0 ? "sandbox" : "live"
}

const statsView = (house: PageHouse, stats: FaucetStats): ProgramStats => {
  const { config: { config }, figures } = stats
  const { paidMinor, pendingMinor } = payoutSums(stats)
  return {
    operatorAccount: stats.operatorAccount,
    operatorBalance: banText(stats.walletMinor),
    operatorReceivable: null,
    payoutsSent: banText(paidMinor),
    payoutsPending: banText(pendingMinor),
    accrualsTotal: banText(figures.accruedMinor),
    accrualsPending: banText(figures.openMinor),
    usersTotal: figures.players,
    verificationsOk: figures.verifiedPlayers,
    abuseFlags: figures.openSignals,
    rate: banText(config.rateMinor),
    caps: config.caps,
    settlementMinutes: settlementMinutes(house),
    mode: modeOf(house.process)
  }
}

const stateOf = ({ finishedAtMillis, outcome, startedAtMillis }: JobRun): JobItem["state"] => {
  if (startedAtMillis !== null && (finishedAtMillis === null || finishedAtMillis < startedAtMillis)) return "running"
  return outcome === "failed" ? "failed" : "waiting"
}

/** A run that somebody asked for comes next; when else, the schedule decides. */
const jobView = (run: JobRun): JobItem => ({
  name: run.job,
  state: stateOf(run),
  lastRunAt: isoTextOrNull(run.startedAtMillis),
  nextRunAt: isoTextOrNull(run.askedAtMillis),
  detail: run.detail === "" ? null : run.detail
})

/** By the audit log; payouts that were stopped before anything was on record were so from the start. */
const stoppedPayouts = (
  { audit, process }: PageHouse,
  stats: FaucetStats
): Effect.Effect<StoppedPayouts | null, StorageError> => {
  if (!stats.config.config.killSwitch) return Effect.succeed(null)
  return Effect.map(audit.list({ action: "payouts.halt", limit: 1 }), ([last]) => ({
    at: isoText(last?.entry.atMillis ?? process.startedAtMillis),
    actor: last?.entry.actor ?? "operator"
  }))
}

/** The state of the program. */
export const overviewView = Effect.fnUntraced(function*(
  house: PageHouse
): Effect.fn.Return<OverviewView, StorageError> {
  const stats = yield* house.admin.stats
  const { checks, state, uptimeSeconds } = yield* healthNow(house.process)
  return {
    stats: statsView(house, stats),
    health: {
      state,
      uptimeSeconds,
      checks: checks.map(({ detail, name, state }) => ({ name, state, detail: detail ?? null }))
    },
    jobs: (yield* house.admin.jobs).map(jobView),
    stopped: yield* stoppedPayouts(house, stats)
  }
})

/** A signal as it is reviewed. */
export const reviewView = ({ explanation, player, raised }: KeptReview): ReviewItem => {
  const { raisedAtMillis, review, signal } = raised
  return {
    dedupeKey: signal.dedupeKey,
    player: { id: signal.playerId, name: player?.discordName ?? signal.playerId },
    kind: signal.kind,
    explanation,
    value: signal.value,
    threshold: signal.threshold,
    severity: signal.severity,
    raisedAt: isoText(raisedAtMillis),
    evidence: signal.evidence,
    outcome: player?.risk ?? "none",
    review: review &&
      { verdict: review.verdict, note: review.note, actor: review.actor, at: isoText(review.atMillis) }
  }
}
