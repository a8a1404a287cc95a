/** Decides where the providers of the faucet are reached, and runs the sandboxes that stand in for them. */
import { type BananoAddress, type NodeOptions, openSeed } from "@purser/integrations/banano"
import type { DiscordId, DiscordOptions } from "@purser/integrations/discord"
import type { StatsOptions } from "@purser/integrations/fortnite"
import type { YuniteOptions } from "@purser/integrations/yunite"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Settings } from "../config/Settings.ts"
import { keyFile, type KeyFileUnusable } from "../keys/keyFile.ts"
import { type FaucetSandboxNotStarted, play, type SandboxUrls, startSandboxes, urlOf } from "./faucetSandboxes.ts"
import { discordOptions, nodeOptions, statsOptions, yuniteOptions } from "./providerOptions.ts"
import type { RewardsSettings, SealedSeedSettings } from "./RewardsSettings.ts"

/** The seed can not be opened with the keys that are set. Settings refuse that before; it is a fault of ours. */
export class SeedUnusable extends Data.TaggedError("SeedUnusable")<{ readonly why: string }> {
  override get message(): string {
    return `the seed can not be opened: ${this.why}`
  }
}

/** Where users sign in, and as whom we ask Discord. */
export interface DiscordLine {
  readonly options: DiscordOptions
  readonly authorizeUrl: string
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted<string>
  readonly guildId: DiscordId
}

/** Why the providers could not be settled. */
export type LineRefused = FaucetSandboxNotStarted | KeyFileUnusable | SeedUnusable

type Running = Exclude<RewardsSettings, { readonly mode: "off" }>
type Choice = Pick<Settings, "dataDir">

/** The player's providers of one installation, and the operator's account. */
export class FaucetLine extends Context.Service<FaucetLine, {
  readonly discord: DiscordLine
  readonly yunite: YuniteOptions
  readonly fortnite: StatsOptions
  readonly node: NodeOptions
  readonly seed: Redacted.Redacted<string>
  readonly representative: BananoAddress | null
  readonly work: "local" | "node"
  readonly sandboxes: SandboxUrls
}>()("@purser/runtime/rewards/FaucetLine") {
  /** As it is set; sandboxes are those that another process runs. */
  static readonly layer = (rewards: Running, choice: Choice): Layer.Layer<FaucetLine, LineRefused> =>
    Layer.effect(FaucetLine, lineOf(rewards, choice, urlsOf(rewards)))

  /** As it is set, with the sandboxes that it needs. Their code is loaded only then. */
  static readonly layerWithSandboxes = (
    rewards: Running,
    choice: Choice & { readonly publicUrl: string }
  ): Layer.Layer<FaucetLine, LineRefused> =>
    Layer.effect(
      FaucetLine,
      Effect.flatMap(startSandboxes(rewards, choice), (sandboxes) => lineOf(rewards, choice, sandboxes))
    )
}

const urlsOf = (rewards: Running): SandboxUrls => {
  if (rewards.mode !== "sandbox") return {}
  const { banano, discord, fortnite, yunite } = rewards.sandboxes
  return { banano: urlOf(banano), discord: urlOf(discord), fortnite: urlOf(fortnite), yunite: urlOf(yunite) }
}

const opened = ({ keys, sealed }: SealedSeedSettings): Effect.Effect<Redacted.Redacted<string>, SeedUnusable> =>
  Effect.mapError(
    Effect.fromResult(openSeed(Redacted.value(sealed), keys)),
    ({ message }) => new SeedUnusable({ why: message })
  )

/** A seed of play money, where none is set. */
const playSeed = ({ dataDir }: Choice) => keyFile(dataDir, "banano-sandbox.seed")

/** Where a node listens that nobody has started: questions fail, and say so. */
const nowhere = "http://127.0.0.1:1"

const playLine = (urls: SandboxUrls) => ({
  discord: {
    options: {
      apiUrl: `${urls.discord}/api`,
      botToken: play.botToken,
      application: { id: play.clientId, secret: play.clientSecret }
    },
    authorizeUrl: `${urls.discord}/oauth2/authorize`,
    clientId: play.clientId,
    clientSecret: play.clientSecret,
    guildId: play.guildId
  },
  yunite: { guildId: play.guildId, token: play.yuniteToken, url: `${urls.yunite}/api` },
  fortnite: { url: urls.fortnite ?? nowhere, key: play.fortniteKey }
})

const realLine = (
  { providers: { discord, fortnite, yunite } }: Extract<Running, { readonly mode: "live" | "dry_run" }>
) => ({
  discord: {
    options: discordOptions(discord),
    authorizeUrl: discord.authorizeUrl,
    clientId: discord.clientId,
    clientSecret: discord.clientSecret,
    guildId: discord.guildId
  },
  yunite: yuniteOptions(yunite),
  fortnite: statsOptions(fortnite)
})

const playNode = (urls: SandboxUrls): NodeOptions => ({
  url: urls.banano === undefined ? nowhere : `${urls.banano}/node`
})

const lineOf = Effect.fnUntraced(function*(rewards: Running, choice: Choice, urls: SandboxUrls) {
  if (rewards.mode === "sandbox") {
    const seed = yield* playSeed(choice)
    return {
      ...playLine(urls),
      node: playNode(urls),
      seed,
      representative: null,
      work: "local" as const,
      sandboxes: urls
    }
  }
  const { blocks: { representative, work }, node, seed } = rewards
  return {
    ...realLine(rewards),
    node: node === null ? playNode(urls) : nodeOptions(node),
    seed: seed === null ? yield* playSeed(choice) : yield* opened(seed),
    representative,
    work,
    sandboxes: urls
  }
})
