/** Shows the figures of the program. */
import { FaucetAdmin, type FaucetStats } from "@purser/domain/faucet"
import * as Effect from "effect/Effect"
import { ban, payoutsIn } from "../../faucet/shown.ts"
import { withFaucet } from "../../faucet/withFaucet.ts"
import { print } from "../../terminal/output.ts"
import { pairs } from "../../terminal/table.ts"

const sums = (stats: FaucetStats) => ({
  paid: payoutsIn(stats, "confirmed", "simulated"),
  underWay: payoutsIn(stats, "queued", "signed", "sent", "unknown"),
  failed: payoutsIn(stats, "failed")
})

const shown = (stats: FaucetStats) => {
  const { config: { config }, figures } = stats
  const { failed, paid, underWay } = sums(stats)
  return {
    users_total: figures.players,
    verifications_ok: figures.verifiedPlayers,
    flagged_users: figures.flaggedPlayers,
    held_users: figures.heldPlayers,
    abuse_flags: figures.openSignals,
    accruals_total_ban: ban(figures.accruedMinor),
    accruals_pending_ban: ban(figures.openMinor),
    pending_kills: figures.openKills,
    payouts_sent_ban: ban(paid.amountMinor),
    payouts_pending_ban: ban(underWay.amountMinor),
    payouts_failed_ban: ban(failed.amountMinor),
    operator_account: stats.operatorAccount,
    operator_balance_ban: ban(stats.walletMinor),
    ban_per_kill: ban(config.rateMinor),
    halted: config.killSwitch,
    kills_by_region: Object.fromEntries(figures.killsByRegion),
    payouts_by_region: Object.fromEntries(figures.payoutsByRegion),
    dry_run: stats.dryRun
  }
}

const listed = (counts: ReadonlyMap<string, number>): string =>
  counts.size === 0 ? "none" : [...counts].map(([region, count]) => `${region} ${count}`).join(", ")

const worded = (stats: FaucetStats): string => {
  const { config: { config }, figures } = stats
  const { failed, paid, underWay } = sums(stats)
  const sum = ({ amountMinor, count }: typeof paid) => `${ban(amountMinor)} BAN in ${count} payouts`
  return pairs([
    ["players", `${figures.players}, of which ${figures.verifiedPlayers} are members with a linked account`],
    [
      "signs of abuse",
      `${figures.openSignals} to review; ${figures.flaggedPlayers} players, ${figures.heldPlayers} held`
    ],
    ["earned", `${ban(figures.accruedMinor)} BAN`],
    ["owed", `${ban(figures.openMinor)} BAN for ${figures.openKills} kills, in no payout`],
    ["under way", sum(underWay)],
    [stats.dryRun ? "simulated" : "paid", sum(paid)],
    ["failed", sum(failed)],
    ["kills by region", listed(figures.killsByRegion)],
    ["payouts by region", listed(figures.payoutsByRegion)],
    ["operator", stats.operatorAccount],
    ["wallet", `${ban(stats.walletMinor)} BAN by the books${stats.dryRun ? " of the dry run" : ""}`],
    ["signing", config.killSwitch ? "HALTED: purser payouts resume" : "goes on"]
  ])
}

/** What the command does. */
export const run = Effect.fnUntraced(function*({ json }: { readonly json: boolean }) {
  const stats = yield* withFaucet(FaucetAdmin.use((admin) => admin.stats))
  yield* print(json, shown(stats), worded(stats))
})
