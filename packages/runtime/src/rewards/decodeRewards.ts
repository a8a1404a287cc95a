/** Makes the settings of the rewards program from the values of its variables. */
import { PayoutConfig } from "@purser/domain/faucet"
import { Product } from "@purser/domain/rewards"
import type { SealingKey } from "@purser/integrations/banano"
import * as Result from "effect/Result"
import type { Refusal } from "../config/Variable.ts"
import type { RewardsValues } from "./config/variables.ts"
import { closedSeed, liveRefusals, missingProviders, refuse } from "./liveRefusals.ts"
import type {
  BananoNodeSettings,
  ProviderSettings,
  RewardsAccess,
  RewardsPlan,
  RewardsSettings,
  SealedSeedSettings
} from "./RewardsSettings.ts"

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const configured = [
  "bananoNode",
  "bananoNodeKey",
  "bananoSeed",
  "bananoSealingKeys",
  "discordClientId",
  "discordClientSecret",
  "discordBotToken",
  "discordGuild",
  "yuniteKey",
  "yuniteGuild",
  "fortniteKey"
] as const

/** What else the installation is: `isPlay` while its other providers are sandboxes too. */
export interface Surroundings {
  readonly isPlay: boolean
}

/** Whoever has named no provider plays, but not beside real money; whoever has is not paid out of by accident. */
const modeOf = (values: RewardsValues, { isPlay }: Surroundings): RewardsSettings["mode"] => {
  if (values.rewardsMode !== null) return values.rewardsMode
  if (configured.some((key) => values[key] !== null)) return "dry_run"
  return isPlay ? "sandbox" : "off"
}

const contradictions = (values: RewardsValues): ReadonlyArray<Refusal> => [
  ...values.verificationIntervalMinutes * minute < values.verificationMaxAgeHours * hour
    ? []
    : [refuse("verificationIntervalMinutes", "must be less than PURSER_VERIFICATION_MAX_AGE_HOURS")],
  ...values.hourlyCeiling <= values.dailyCeiling
    ? []
    : [refuse("hourlyCeiling", "must not be above PURSER_DAILY_CEILING_BAN")],
  ...values.fortnitePerSecond <= values.fortnitePerMinute
    ? []
    : [refuse("fortnitePerSecond", "must not be above PURSER_FORTNITE_PER_MINUTE")]
]

const refusals = (values: RewardsValues, mode: RewardsSettings["mode"]): ReadonlyArray<Refusal> => {
  if (mode === "live") return liveRefusals(values)
  return [...mode === "dry_run" ? missingProviders(values, mode) : [], ...closedSeed(values)]
}

const plan = (values: RewardsValues): RewardsPlan => ({
  config: new PayoutConfig({
    rateMinor: values.banPerKill,
    caps: { unit: values.capUnit, perDay: values.dailyCap, perWeek: values.weeklyCap },
    batchSize: values.batchSize,
    floorMinor: values.minOperatorBalance,
    hourlyCeilingMinor: values.hourlyCeiling,
    dailyCeilingMinor: values.dailyCeiling,
    killSwitch: false
  }),
  resetZone: values.resetZone,
  accrualEveryMillis: values.accrualMinutes * minute,
  settlementEveryMillis: values.settlementMinutes * minute,
  settlementSeed: values.settlementSeed,
  coolDownMillis: values.coolDownHours * hour,
  verificationMostMillis: values.verificationMaxAgeHours * hour,
  verificationEveryMillis: values.verificationIntervalMinutes * minute,
  retention: {
    verificationsMillis: values.verificationRetentionDays * day,
    signalsMillis: values.signalRetentionDays * day
  }
})

type Keys = readonly [SealingKey, ...ReadonlyArray<SealingKey>]

/** A list of keys that was read has one at least. */
const keys = (list: ReadonlyArray<SealingKey> | null): Keys | null => list as Keys | null

const access = (values: RewardsValues): RewardsAccess => ({
  publicUrl: values.publicUrl,
  adminIds: values.adminIds,
  testAccounts: values.testAccounts,
  sessionSecret: values.sessionSecret,
  totpKeys: keys(values.totpKeys),
  regionHeader: values.regionHeader
})

const product = (values: RewardsValues): Product =>
  new Product({
    appName: values.appName,
    orgName: values.orgName,
    bannerUrl: values.bannerUrl,
    mediaKitUrl: values.mediaKitUrl,
    defaultLocale: values.defaultLocale,
    discordInviteUrl: values.discordInviteUrl,
    featureFlags: values.featureFlags
  })

/** Called where `missingProviders` found nothing. */
const providers = (values: RewardsValues): ProviderSettings => ({
  discord: {
    apiUrl: values.discordApi,
    authorizeUrl: values.discordAuthorize,
    clientId: values.discordClientId!,
    clientSecret: values.discordClientSecret!,
    botToken: values.discordBotToken!,
    guildId: values.discordGuild!
  },
  yunite: { url: values.yuniteUrl, guildId: values.yuniteGuild ?? values.discordGuild!, token: values.yuniteKey! },
  fortnite: {
    url: values.fortniteUrl,
    key: values.fortniteKey!,
    header: values.fortniteHeader,
    scheme: values.fortniteScheme,
    perMinute: values.fortnitePerMinute,
    perSecond: values.fortnitePerSecond
  }
})

const node = (values: RewardsValues): BananoNodeSettings | null =>
  values.bananoNode === null ? null : {
    url: values.bananoNode,
    apiKey: values.bananoNodeKey === null ? null : { header: values.bananoNodeKeyHeader, value: values.bananoNodeKey }
  }

const seed = ({ bananoSealingKeys, bananoSeed }: RewardsValues): SealedSeedSettings | null =>
  bananoSeed === null || bananoSealingKeys === null ? null : { sealed: bananoSeed, keys: keys(bananoSealingKeys)! }

const settings = (values: RewardsValues, mode: RewardsSettings["mode"]): RewardsSettings => {
  const program = { plan: plan(values), access: access(values), product: product(values) }
  if (mode === "off") return { mode, ...program }
  if (mode === "sandbox") {
    const { bananoSandbox: banano, discordSandbox: discord, fortniteSandbox: fortnite, yuniteSandbox: yunite } = values
    return { mode, ...program, sandboxes: { banano, discord, fortnite, yunite } }
  }
  const blocks = { representative: values.bananoRepresentative, work: values.bananoWork }
  const outside = { ...program, providers: providers(values), blocks }
  return mode === "dry_run"
    ? { mode, ...outside, node: node(values), seed: seed(values) }
    : { mode, ...outside, node: node(values)!, seed: seed(values)! }
}

/** The program as it will run, or everything for which it does not. */
export const decodeRewards = (
  values: RewardsValues,
  surroundings: Surroundings
): Result.Result<RewardsSettings, ReadonlyArray<Refusal>> => {
  const mode = modeOf(values, surroundings)
  const all = [...contradictions(values), ...refusals(values, mode)]
  return all.length === 0 ? Result.succeed(settings(values, mode)) : Result.fail(all)
}
