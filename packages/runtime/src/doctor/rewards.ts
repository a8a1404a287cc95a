/** Examines the rewards program: what it will do, to whom it talks, and what it lacks. Asks nobody. */
import { Amount, Asset } from "@purser/domain/money"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Settings } from "../config/Settings.ts"
import { secondFactorKeys, sessionSecret } from "../rewards/accessKeys.ts"
import { operatorSigner } from "../rewards/operatorSigner.ts"
import type { RewardsPlan, RewardsSettings } from "../rewards/RewardsSettings.ts"
import { failed, type Finding, ok, warning } from "./Finding.ts"

type Outside = Extract<RewardsSettings, { readonly mode: "dry_run" | "live" }>

const minutes = (millis: number): string => `${millis / 60_000} min`
const hours = (millis: number): string => `${millis / 3_600_000} h`
const ban = (minor: bigint): string => `${Amount.print(minor, Asset.BAN)} BAN`

const meanings = {
  off: "there is none",
  sandbox: "play providers, play money",
  dry_run: "real providers, nothing is broadcast",
  live: "real providers, real money"
} as const

const planChecks = (plan: RewardsPlan): ReadonlyArray<Finding> => {
  const { batchSize, caps, dailyCeilingMinor, floorMinor, hourlyCeilingMinor, rateMinor } = plan.config
  const zone = DateTime.zoneToString(plan.resetZone)
  return [
    ok(
      "rewards earning",
      `${ban(rateMinor)} a kill, read every ${minutes(plan.accrualEveryMillis)}, settled every ${
        minutes(plan.settlementEveryMillis)
      }, ${batchSize === 0 ? "all players" : `${batchSize} players`} at once`
    ),
    ok("rewards caps", `${caps.unit}: ${caps.perDay} a day, ${caps.perWeek} a week, by midnight in ${zone}`),
    ok(
      "rewards wallet",
      `${ban(floorMinor)} stay, at most ${ban(hourlyCeilingMinor)} an hour and ${
        ban(dailyCeilingMinor)
      } a day; a changed address counts after ${hours(plan.coolDownMillis)}`
    ),
    ok(
      "rewards verification",
      `renewed every ${minutes(plan.verificationEveryMillis)}, good for ${hours(plan.verificationMostMillis)}`
    ),
    ...plan.settlementSeed === null
      ? []
      : [warning("rewards order", "the same in every settlement: leave PURSER_SETTLEMENT_SEED out to draw lots")]
  ]
}

const secretCheck = (
  check: string,
  given: object | null,
  found: Effect.Effect<unknown, { readonly message: string }>
): Effect.Effect<Finding> =>
  Effect.match(found, {
    onFailure: ({ message }) => failed(check, message),
    onSuccess: () => ok(check, given === null ? "in the data directory" : "set")
  })

const secretChecks = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> => {
  const { access } = settings.rewards
  return Effect.all([
    secretCheck("session secret", access.sessionSecret, sessionSecret(settings)),
    secretCheck("second factor keys", access.totpKeys, secondFactorKeys(settings))
  ])
}

const accessChecks = ({ access, mode, product }: RewardsSettings): ReadonlyArray<Finding> => [
  access.adminIds.size === 0 && mode !== "sandbox"
    ? warning("admins", "nobody: set PURSER_ADMIN_DISCORD_IDS")
    : ok("admins", `${access.adminIds.size} by Discord id`),
  ok("public address", access.publicUrl ?? "that of the public listener"),
  ok("product", `${product.appName} by ${product.orgName}, ${product.defaultLocale}`)
]

const accountCheck = ({ mode, seed }: Outside): Finding => {
  if (seed === null) return ok("operator account", `no seed, and none is needed in mode ${mode}`)
  return Result.match(operatorSigner(seed), {
    onFailure: ({ message }) => failed("operator account", message),
    onSuccess: ({ address }) => ok("operator account", address)
  })
}

const providerChecks = (rewards: RewardsSettings): ReadonlyArray<Finding> => {
  if (rewards.mode !== "dry_run" && rewards.mode !== "live") return []
  const { node, providers: { discord, fortnite, yunite } } = rewards
  return [
    ok("discord", `server ${discord.guildId}, ${discord.apiUrl}`),
    ok("yunite", `server ${yunite.guildId}, ${yunite.url}`),
    ok("fortnite", `${fortnite.url}, at most ${fortnite.perMinute} a minute and ${fortnite.perSecond} a second`),
    ok("banano node", node === null ? "none" : node.url),
    accountCheck(rewards)
  ]
}

const fileChecks = ({ configFiles }: Settings): ReadonlyArray<Finding> =>
  configFiles.length === 0 ? [] : [ok("settings files", configFiles.join(", "))]

/** The files that were read, and the program as it will run; of a program that is off, that it is. */
export const examineRewards = (settings: Settings): Effect.Effect<ReadonlyArray<Finding>> => {
  const { rewards } = settings
  const first = [...fileChecks(settings), ok("rewards", `${rewards.mode}: ${meanings[rewards.mode]}`)]
  if (rewards.mode === "off") return Effect.succeed(first)
  return Effect.map(secretChecks(settings), (secrets) => [
    ...first,
    ...planChecks(rewards.plan),
    ...accessChecks(rewards),
    ...secrets,
    ...providerChecks(rewards)
  ])
}
