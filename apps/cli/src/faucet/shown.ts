/** Shows rows of the faucet to programs, in the words of the HTTP API, and to people. */
import type { FaucetStats, PlayerExport } from "@purser/domain/faucet"
import { Amount, Asset } from "@purser/domain/money"
import type { Payout, PayoutStatus } from "@purser/domain/payouts"
import type { KeptAccrual, Player, VerificationRecord, WalletLink } from "@purser/domain/rewards"
import { time } from "../commands/ledger/shown.ts"

/** Minor units as decimal text of BAN. */
export const ban = (minor: bigint): string => Amount.print(minor, Asset.BAN)

/** A moment in UTC; null where there is none. */
export const timeOrNull = (millis: number | null): string | null => millis === null ? null : time(millis)

/** A moment in UTC to the second, as tables show it; nothing where there is none. */
export const moment = (millis: number | null): string =>
  millis === null ? "" : `${time(millis).slice(0, 19).replace("T", " ")}`

/** The beginning and the end of a hash or an address. */
export const ends = (text: string | null, head = 8): string =>
  text === null || text.length <= head + 7 ? text ?? "" : `${text.slice(0, head)}…${text.slice(-6)}`

/** A payout as every `--json` shows it. */
export const payoutJson = (payout: Payout) => ({
  id: payout.id,
  player: payout.player,
  amount_ban: ban(payout.amountMinor),
  status: payout.status,
  address: payout.payee,
  tx_hash: payout.block,
  created_at: time(payout.queuedAtMillis),
  sent_at: timeOrNull(payout.takenAtMillis),
  round: payout.round,
  attempts: payout.attempts,
  last_attempt_at: timeOrNull(payout.lastAttemptAtMillis),
  next_attempt_at: timeOrNull(payout.nextAttemptAtMillis),
  error_detail: payout.failureReason,
  dry_run: payout.dryRun
})

/** What was earned in a minute as every `--json` shows it. */
export const accrualJson = ({ accrual, bookedAtMillis, dryRun, payoutId }: KeptAccrual) => ({
  id: accrual.id,
  kills: accrual.kills,
  rate_ban: ban(accrual.rateMinor),
  amount_ban: ban(accrual.amountMinor),
  payout_id: payoutId,
  epoch_minute: accrual.epochMinute,
  created_at: time(bookedAtMillis),
  dry_run: dryRun
})

/** A player as every `--json` shows one. */
export const playerJson = (player: Player) => ({
  id: player.id,
  discord_id: player.discordId,
  discord_username: player.discordName,
  epic_account_id: player.epicId,
  membership: player.membership,
  link: player.link,
  stats: player.stats,
  region: player.region,
  outcome: player.risk,
  created_at: time(player.createdAtMillis),
  last_verified_at: timeOrNull(player.verifiedAtMillis)
})

/** An address and when it counts. */
export const walletJson = ({ address, effectiveAtMillis, linkedAtMillis }: WalletLink) => ({
  address,
  linked_at: time(linkedAtMillis),
  effective_at: time(effectiveAtMillis)
})

const verificationJson = (record: VerificationRecord) => ({
  at: time(record.atMillis),
  source: record.source,
  membership: record.membership,
  link: record.link,
  epic_account_id: record.epicId,
  outcome: record.outcome
})

/** Everything that is kept about a player. */
export const exportJson = ({ accruals, payouts, player, verifications, wallets }: PlayerExport) => ({
  player: playerJson(player),
  wallets: wallets.map(walletJson),
  verifications: verifications.map(verificationJson),
  accruals: accruals.map(accrualJson),
  payouts: payouts.map(payoutJson)
})

/** What payouts of some statuses come to. */
export const payoutsIn = ({ payouts }: FaucetStats, ...statuses: ReadonlyArray<PayoutStatus>) =>
  payouts.filter(({ status }) => statuses.includes(status)).reduce(
    (sum, { amountMinor, count }) => ({ count: sum.count + count, amountMinor: sum.amountMinor + amountMinor }),
    { count: 0, amountMinor: 0n }
  )
