/** Runs a server on loopback that stands in for Discord: its consent page, its tokens, its users and one guild. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { isControl } from "../../loopback/deeds.ts"
import { makeFaults } from "../../loopback/Faults.ts"
import { listen } from "../../loopback/listen.ts"
import type { SandboxRefusedRequest } from "../../loopback/SandboxError.ts"
import type { SandboxRefused } from "../../loopback/SandboxRefused.ts"
import type { DiscordId } from "../DiscordId.ts"
import type { DiscordApplication } from "../DiscordOptions.ts"
import { controlAnswer } from "./control/controlAnswer.ts"
import { Grants } from "./Grants.ts"
import { makeGuild } from "./Guild.ts"
import { operationsOn } from "./operations.ts"
import type { SandboxFault, SandboxOperations } from "./SandboxOperations.ts"
import { answerDiscord } from "./server/answerDiscord.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** An address of loopback; every other is refused. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The one application that users can sign in to, and where it may have them sent back to. */
  readonly application: DiscordApplication
  readonly redirectUris: ReadonlyArray<string>
  /** The guild, and the token of the bot in it. */
  readonly guildId: DiscordId
  readonly botToken: Redacted.Redacted<string>
  /** Whether it starts with the players of the demonstration, not without any. */
  readonly demo?: boolean
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxOperations<SandboxRefusedRequest> {
  /** Where it listens. The controls are below `/sandbox`. */
  readonly url: string
  /** What to give to the client. */
  readonly apiUrl: string
  /** Where users are sent for their consent; `sandbox_user`, with the id of one, consents at once. */
  readonly authorizeUrl: string
}

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    const premises = {
      guild: makeGuild(options.guildId, options.demo ?? false),
      grants: new Grants(),
      faults: makeFaults<SandboxFault>()
    }
    const operations = operationsOn(premises)
    const control = controlAnswer(operations)
    const discord = answerDiscord({ ...options, ...premises }, premises.faults)
    const url = yield* listen(options, (asked) => isControl(asked.path) ? control(asked) : discord(asked))
    return { ...operations, url, apiUrl: `${url}/api`, authorizeUrl: `${url}/oauth2/authorize` }
  })

/** A server that stands in for Discord. */
export class DiscordSandbox extends Context.Service<DiscordSandbox, RunningSandbox>()(
  "@purser/integrations/discord/DiscordSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<DiscordSandbox, SandboxRefused> =>
    Layer.effect(DiscordSandbox, run(options))
}
