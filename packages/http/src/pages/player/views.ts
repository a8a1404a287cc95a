/** Makes what pages of players show from where they stand. */
import type { PlayerStatus } from "@purser/domain/faucet"
import type { Payout, PayoutStatus } from "@purser/domain/payouts"
import type { PlayerId } from "@purser/domain/rewards"
import { CapRules, type KeptAccrual } from "@purser/domain/rewards"
import type { StorageError } from "@purser/domain/transaction"
import type { AccrualItem, DashboardView, PayoutItem, WalletState } from "@purser/web"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { verifiedStatus } from "../../handlers/faucet/player.ts"
import { banText, isoText, type PageHouse, settlementMinutes } from "../PageHouse.ts"

const millisPerMinute = 60_000
/** Beyond the next midnight, however long the day is in the zone. */
const beyondDayMillis = 36 * 3_600_000
const beyondWeekMillis = 7.5 * 86_400_000

/** Blocks that somebody else may have seen. */
const seen: ReadonlySet<PayoutStatus> = new Set(["sent", "unknown", "confirmed"])

/** A payout as players see it. */
export const payoutView = ({ options: { explorerUrl } }: PageHouse, payout: Payout): PayoutItem => ({
  id: payout.id,
  status: payout.status,
  amount: banText(payout.amountMinor),
  createdAt: isoText(payout.queuedAtMillis),
  payee: payout.payee,
  explorerUrl: explorerUrl === null || payout.block === null || payout.dryRun || !seen.has(payout.status)
    ? null
    : explorerUrl.replace("{hash}", payout.block)
})

/** Which addresses a player has. */
export const walletState = ({ pendingWallet, wallet }: PlayerStatus): WalletState => ({
  current: wallet?.address ?? null,
  pending: pendingWallet &&
    { address: pendingWallet.address, effectiveAt: isoText(pendingWallet.effectiveAtMillis) }
})

const capsView = ({ settings: { resetZone } }: PageHouse, { caps }: PlayerStatus): DashboardView["caps"] => {
  const nextDay = CapRules.windowsOf(caps.dayStartMillis + beyondDayMillis, resetZone).dayStartMillis
  const nextWeek = CapRules.windowsOf(caps.weekStartMillis + beyondWeekMillis, resetZone).weekStartMillis
  return {
    unit: caps.unit,
    day: { used: caps.usedInDay, limit: caps.perDay, resetsAt: isoText(nextDay) },
    week: { used: caps.usedInWeek, limit: caps.perWeek, resetsAt: isoText(nextWeek) }
  }
}

const outcomes = { ok: "ok", mismatch: "mismatch", unknown: "error" } as const

const underWay: ReadonlyArray<PayoutStatus> = ["queued", "signed", "sent", "unknown"]
const mostUnderWay = 1_000

/** A player has few payouts under way at a time: the caps see to that. */
const underWayMinor = (
  { payouts }: PageHouse,
  player: PlayerId,
  dryRun: boolean
): Effect.Effect<bigint, StorageError> =>
  Effect.map(
    Effect.forEach(underWay, (status) =>
      payouts.list({ player, status, dryRun, sortBy: "queued", order: "descending", limit: mostUnderWay })),
    (lists) =>
      lists.flat().reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  )

/** When the next round of payouts begins, as far as the last one tells. */
const nextSettlementAt = (house: PageHouse): Effect.Effect<string | null, StorageError> =>
  Effect.map(Effect.all([house.admin.jobs, Clock.currentTimeMillis]), ([jobs, nowMillis]) => {
    const last = jobs.find(({ job }) => job === "settlement")?.startedAtMillis ?? null
    const next = last === null ? null : last + settlementMinutes(house) * millisPerMinute
    return next === null || next <= nowMillis ? null : isoText(next)
  })

const latestMost = 3

/** The overview of a player. */
export const dashboardView = Effect.fnUntraced(function*(
  house: PageHouse,
  status: PlayerStatus
): Effect.fn.Return<DashboardView, StorageError> {
  const { player } = status
  const underWay = yield* underWayMinor(house, player.id, status.dryRun)
  const latest = yield* house.payouts.list({
    player: player.id,
    sortBy: "queued",
    order: "descending",
    limit: latestMost
  })
  return {
    membership: player.membership,
    epic: { state: player.link, name: player.epicId },
    wallet: walletState(status),
    earned: banText(status.openMinor),
    underway: banText(underWay),
    paid: banText(status.settledMinor - underWay),
    caps: capsView(house, status),
    verified: player.verifiedAtMillis === null
      ? null
      : { at: isoText(player.verifiedAtMillis), outcome: outcomes[verifiedStatus(player)] },
    earning: status.earning,
    paying: status.paying,
    nextSettlementAt: yield* nextSettlementAt(house),
    latest: latest.map((payout) => payoutView(house, payout))
  }
})

const paid: ReadonlySet<PayoutStatus> = new Set(["confirmed", "simulated"])

/** Rows, and what became of them by the payouts that they are in. */
export const accrualViews = Effect.fnUntraced(function*(
  { payouts }: PageHouse,
  rows: ReadonlyArray<KeptAccrual>
): Effect.fn.Return<ReadonlyArray<AccrualItem>, StorageError> {
  const ids = [...new Set(rows.flatMap(({ payoutId }) => payoutId ?? []))]
  const found = ids.length === 0 ? [] : yield* payouts.byIds(ids)
  const isPaid = new Set(found.filter(({ status }) => paid.has(status)).map(({ id }) => id))
  return rows.map(({ accrual, bookedAtMillis, payoutId }): AccrualItem => ({
    id: accrual.id,
    at: isoText(bookedAtMillis),
    kills: accrual.kills,
    rate: banText(accrual.rateMinor),
    amount: banText(accrual.amountMinor),
    state: payoutId === null ? "open" : isPaid.has(payoutId) ? "paid" : "in_payout"
  }))
})
