/** Reaches the sandboxes of the faucet that another process runs. */
import * as Listener from "@purser/http/listener"
import { makeSandboxControl as makeBanano } from "@purser/integrations/banano/sandbox"
import { makeSandboxControl as makeDiscord } from "@purser/integrations/discord/sandbox"
import { makeSandboxControl as makeFortnite } from "@purser/integrations/fortnite/sandbox"
import { makeSandboxControl as makeYunite } from "@purser/integrations/yunite/sandbox"
import * as Effect from "effect/Effect"
import { settings } from "../../settings/settings.ts"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

const variables = {
  banano: "PURSER_SANDBOX_BANANO",
  discord: "PURSER_SANDBOX_DISCORD",
  yunite: "PURSER_SANDBOX_YUNITE",
  fortnite: "PURSER_SANDBOX_FORTNITE"
} as const

const makers = { banano: makeBanano, discord: makeDiscord, yunite: makeYunite, fortnite: makeFortnite } as const

type Provider = keyof typeof makers

const urlOf = Effect.fnUntraced(function*(provider: Provider) {
  const { rewards } = yield* settings
  if (rewards.mode !== "sandbox") {
    return yield* failed("the settings name real providers, or no rewards program: there is no sandbox to drive")
  }
  const listener = rewards.sandboxes[provider]
  return listener._tag === "tcp" && listener.port !== 0
    ? `http://${Listener.print(listener)}`
    : yield* failed(`${variables[provider]} takes any free port: name one to find the sandbox again`)
})

const controlOf = <P extends Provider>(
  provider: P
): Effect.Effect<ReturnType<(typeof makers)[P]>, CommandFailed> =>
  Effect.map(urlOf(provider), (url) => makers[provider](url) as ReturnType<(typeof makers)[P]>)

/** The node's controls. */
export const bananoControl = controlOf("banano")

/** Discord's controls. */
export const discordControl = controlOf("discord")

/** Yunite's controls. */
export const yuniteControl = controlOf("yunite")

/** The controls of Fortnite's stats. */
export const fortniteControl = controlOf("fortnite")
