/** Runs the sandboxes that stand in for the providers of the faucet. */
import type * as Listener from "@purser/http/listener"
import { DiscordId } from "@purser/integrations/discord"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { join } from "node:path"
import type { RewardsSettings } from "./RewardsSettings.ts"

/** A sandbox of the faucet could not be started. */
export class FaucetSandboxNotStarted extends Data.TaggedError("FaucetSandboxNotStarted")<{
  readonly provider: string
  readonly why: string
}> {
  override get message(): string {
    return `the ${this.provider} sandbox did not start: ${this.why}`
  }
}

/** Sandboxes that run here or elsewhere: where each is driven. */
export type SandboxUrls = Readonly<Partial<Record<"banano" | "discord" | "yunite" | "fortnite", string>>>

/** What sandboxes believe; none of it is a secret. */
export const play = {
  guildId: DiscordId.make("419799502946304000"),
  clientId: "419799502946304001",
  clientSecret: Redacted.make("sandbox-client-secret"),
  botToken: Redacted.make("sandbox-bot-token"),
  yuniteToken: Redacted.make("sandbox-yunite-token"),
  fortniteKey: Redacted.make("sandbox-fortnite-key")
} as const

const placeOf = (listener: Listener.Listener): { readonly host: string; readonly port: number } =>
  listener._tag === "tcp" ? { host: listener.host, port: listener.port } : { host: "127.0.0.1", port: 0 }

/** Where a sandbox listens, for whoever did not start it. */
export const urlOf = (listener: Listener.Listener): string => {
  const { host, port } = placeOf(listener)
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`
}

const refusing = <A, R>(
  provider: string,
  effect: Effect.Effect<A, { readonly message: string }, R>
): Effect.Effect<A, FaucetSandboxNotStarted, R> =>
  Effect.mapError(effect, ({ message }) => new FaucetSandboxNotStarted({ provider, why: message }))

/** Confirms as quickly as the network does. */
const confirmationMillis = 1000

const startBanano = (dataDir: string, listener: Listener.Listener | null) =>
  Effect.gen(function*() {
    const { BananoSandbox } = yield* Effect.promise(() => import("@purser/integrations/banano/sandbox"))
    const { url } = yield* Effect.flatMap(
      Layer.build(BananoSandbox.layer({
        ...listener === null ? { host: "127.0.0.1", port: 0 } : placeOf(listener),
        dataFile: join(dataDir, "banano-sandbox.json"),
        confirmationMillis
      })),
      (context) => Effect.succeed(Context.get(context, BananoSandbox))
    ).pipe((effect) => refusing("Banano", effect))
    return url
  })

const startDiscord = (listener: Listener.Listener, publicUrl: string) =>
  Effect.gen(function*() {
    const { DiscordSandbox } = yield* Effect.promise(() => import("@purser/integrations/discord/sandbox"))
    const context = yield* refusing(
      "Discord",
      Layer.build(DiscordSandbox.layer({
        ...placeOf(listener),
        application: { id: play.clientId, secret: play.clientSecret },
        redirectUris: [`${publicUrl}/auth/discord/callback`],
        guildId: play.guildId,
        botToken: play.botToken,
        demo: true
      }))
    )
    return Context.get(context, DiscordSandbox).url
  })

const startYunite = (listener: Listener.Listener) =>
  Effect.gen(function*() {
    const { YuniteSandbox } = yield* Effect.promise(() => import("@purser/integrations/yunite/sandbox"))
    const options = { ...placeOf(listener), guildId: play.guildId, token: play.yuniteToken, demo: true }
    const context = yield* refusing("Yunite", Layer.build(YuniteSandbox.layer(options)))
    return Context.get(context, YuniteSandbox).url
  })

const startFortnite = (listener: Listener.Listener) =>
  Effect.gen(function*() {
    const { FortniteSandbox } = yield* Effect.promise(() => import("@purser/integrations/fortnite/sandbox"))
    const options = { ...placeOf(listener), key: play.fortniteKey, demo: true }
    const context = yield* refusing("Fortnite", Layer.build(FortniteSandbox.layer(options)))
    return Context.get(context, FortniteSandbox).url
  })

/** All of them to play; of a dry run that names no node, the node alone. */
export const startSandboxes = (
  rewards: Exclude<RewardsSettings, { readonly mode: "off" }>,
  { dataDir, publicUrl }: { readonly dataDir: string; readonly publicUrl: string }
): Effect.Effect<SandboxUrls, FaucetSandboxNotStarted, Scope.Scope> => {
  if (rewards.mode === "sandbox") {
    const { banano, discord, fortnite, yunite } = rewards.sandboxes
    return Effect.all({
      banano: startBanano(dataDir, banano),
      discord: startDiscord(discord, publicUrl),
      yunite: startYunite(yunite),
      fortnite: startFortnite(fortnite)
    })
  }
  return rewards.mode === "dry_run" && rewards.node === null
    ? Effect.all({ banano: startBanano(dataDir, null) })
    : Effect.succeed({})
}
