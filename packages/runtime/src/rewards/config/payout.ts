/** Registers what is earned, when it is paid, and within which limits. */
import { inFile, optional, withFallback } from "../../config/declare.ts"
import { oneOf, wholeNumber } from "../../config/Variable.ts"
import { banText, rateText, zoneText } from "./readers.ts"

/** Whether there is a rewards program at all, and whether its money is real. */
export const modes = ["off", "dry_run", "sandbox", "live"] as const

/** `payout.yaml`. */
export const payout = {
  rewardsMode: optional({
    name: "PURSER_REWARDS_MODE",
    purpose:
      "The one switch of the rewards program, for API and worker alike: `off`; `sandbox` on play providers that it runs itself; `dry_run` on real providers, with nothing broadcast; `live`. Unset: `dry_run` once a provider is configured; before that `sandbox`, or `off` beside a real Monero wallet.",
    example: "dry_run",
    place: inFile("payout", "payout.mode", "text"),
    parse: oneOf(modes)
  }),
  banPerKill: withFallback({
    name: "PURSER_BAN_PER_KILL",
    purpose: "What a kill earns, in BAN with up to 8 decimals. What is booked already keeps its rate.",
    fallback: "2.1",
    example: "2.1",
    place: inFile("payout", "payout.ban_per_kill", "number"),
    parse: rateText
  }),
  accrualMinutes: withFallback({
    name: "PURSER_ACCRUAL_MINUTES",
    purpose: "How often players who are due are read, in minutes.",
    fallback: "1",
    example: "1",
    place: inFile("payout", "payout.accrual_minutes", "number"),
    parse: wholeNumber(1, 1440)
  }),
  settlementMinutes: withFallback({
    name: "PURSER_SETTLEMENT_MINUTES",
    purpose: "How often what was earned is turned into payouts, in minutes.",
    fallback: "20",
    example: "20",
    place: inFile("payout", "payout.settlement_minutes", "number"),
    parse: wholeNumber(1, 1440)
  }),
  capUnit: withFallback({
    name: "PURSER_CAP_UNIT",
    purpose: "What the caps count: `payouts`, or the `kills` in them.",
    fallback: "payouts",
    example: "kills",
    place: inFile("payout", "payout.cap_unit", "text"),
    parse: oneOf(["payouts", "kills"])
  }),
  dailyCap: withFallback({
    name: "PURSER_DAILY_CAP",
    purpose: "Most payouts or kills of a player that are paid in a day; 0 pays nobody.",
    fallback: "1",
    example: "1",
    place: inFile("payout", "payout.daily_cap", "number"),
    parse: wholeNumber(0, 1_000_000)
  }),
  weeklyCap: withFallback({
    name: "PURSER_WEEKLY_CAP",
    purpose: "The same for a week, which begins on Monday.",
    fallback: "3",
    example: "3",
    place: inFile("payout", "payout.weekly_cap", "number"),
    parse: wholeNumber(0, 1_000_000)
  }),
  resetZone: withFallback({
    name: "PURSER_RESET_TZ",
    purpose: "Zone in whose midnight a day ends, of the IANA database.",
    fallback: "UTC",
    example: "Europe/Berlin",
    place: inFile("payout", "payout.reset_tz", "text"),
    parse: zoneText
  }),
  batchSize: withFallback({
    name: "PURSER_BATCH_SIZE",
    purpose: "Most players of one settlement, drawn by lot; 0 takes all.",
    fallback: "0",
    example: "500",
    place: inFile("payout", "payout.batch_size", "number"),
    parse: wholeNumber(0, 100_000)
  }),
  settlementSeed: optional({
    name: "PURSER_SETTLEMENT_SEED",
    purpose: "Fixes the order of every settlement, to repeat one. Each draws its own when unset.",
    example: "42",
    place: inFile("payout", "payout.settlement_seed", "number"),
    parse: wholeNumber(0, 2 ** 32 - 1)
  }),
  minOperatorBalance: withFallback({
    name: "PURSER_MIN_OPERATOR_BALANCE_BAN",
    purpose: "What stays in the operator's account whatever is owed, in BAN.",
    fallback: "50",
    example: "50",
    place: inFile("payout", "wallet.min_operator_balance_ban", "number"),
    parse: banText(0n, 1_000_000_000n)
  }),
  hourlyCeiling: withFallback({
    name: "PURSER_HOURLY_CEILING_BAN",
    purpose: "Most that is paid out within an hour, in BAN.",
    fallback: "2000",
    example: "2000",
    place: inFile("payout", "wallet.hourly_ceiling_ban", "number"),
    parse: banText(0n, 1_000_000_000n)
  }),
  dailyCeiling: withFallback({
    name: "PURSER_DAILY_CEILING_BAN",
    purpose: "Most that is paid out within a day, in BAN.",
    fallback: "20000",
    example: "20000",
    place: inFile("payout", "wallet.daily_ceiling_ban", "number"),
    parse: banText(0n, 1_000_000_000n)
  }),
  coolDownHours: withFallback({
    name: "PURSER_WALLET_COOL_DOWN_HOURS",
    purpose: "How long the old address of a player is still paid after a change, in hours.",
    fallback: "24",
    example: "24",
    place: inFile("payout", "wallet.cool_down_hours", "number"),
    parse: wholeNumber(0, 720)
  }),
  verificationMaxAgeHours: withFallback({
    name: "PURSER_VERIFICATION_MAX_AGE_HOURS",
    purpose: "How old a confirmation of membership and Epic link may be to earn and be paid, in hours.",
    fallback: "24",
    example: "24",
    place: inFile("payout", "verification.max_age_hours", "number"),
    parse: wholeNumber(1, 720)
  }),
  verificationIntervalMinutes: withFallback({
    name: "PURSER_VERIFICATION_INTERVAL_MINUTES",
    purpose: "How often a player is confirmed anew, in minutes; less than the age above.",
    fallback: "360",
    example: "360",
    place: inFile("payout", "verification.interval_minutes", "number"),
    parse: wholeNumber(1, 43_200)
  }),
  verificationRetentionDays: withFallback({
    name: "PURSER_VERIFICATION_RETENTION_DAYS",
    purpose: "How long records of verifications are kept, in days.",
    fallback: "30",
    example: "30",
    place: inFile("payout", "retention.verifications_days", "number"),
    parse: wholeNumber(1, 3650)
  }),
  signalRetentionDays: withFallback({
    name: "PURSER_SIGNAL_RETENTION_DAYS",
    purpose: "How long signs of abuse that were decided on are kept, in days.",
    fallback: "90",
    example: "90",
    place: inFile("payout", "retention.signals_days", "number"),
    parse: wholeNumber(1, 3650)
  })
}
