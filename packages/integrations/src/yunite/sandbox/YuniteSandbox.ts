/** Runs a server on loopback that stands in for Yunite: a guild, its members, and their links. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { DiscordId } from "../../discord/DiscordId.ts"
import { isControl } from "../../loopback/deeds.ts"
import { makeFaults } from "../../loopback/Faults.ts"
import { listen } from "../../loopback/listen.ts"
import type { SandboxRefused } from "../../loopback/SandboxRefused.ts"
import { controlAnswer } from "./control/controlAnswer.ts"
import { makeGuild } from "./Guild.ts"
import { operationsOn } from "./operations.ts"
import type { SandboxFault, SandboxOperations } from "./SandboxOperations.ts"
import { answerYunite, type Rooms } from "./server/answerYunite.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** An address of loopback; every other is refused. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly guildId: DiscordId
  /** The one token that it takes. */
  readonly token: Redacted.Redacted<string>
  /** Whether it starts with the players of the demonstration, not without any. */
  readonly demo?: boolean
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxOperations<never> {
  /** Where it listens. The controls are below `/sandbox`. */
  readonly url: string
  /** What to give to the client. */
  readonly apiUrl: string
  /** The ids of every question so far. */
  readonly questions: ReadonlyArray<ReadonlyArray<string>>
}

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    const rooms: Rooms = {
      guild: makeGuild(options.guildId, options.demo ?? false),
      token: options.token,
      questions: [],
      faults: makeFaults<SandboxFault>()
    }
    const operations = operationsOn(rooms)
    const control = controlAnswer(operations)
    const yunite = answerYunite(rooms)
    const url = yield* listen(options, (asked) => isControl(asked.path) ? control(asked) : yunite(asked))
    return { ...operations, url, apiUrl: `${url}/api`, questions: rooms.questions }
  })

/** A server that stands in for Yunite. */
export class YuniteSandbox extends Context.Service<YuniteSandbox, RunningSandbox>()(
  "@purser/integrations/yunite/YuniteSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<YuniteSandbox, SandboxRefused> =>
    Layer.effect(YuniteSandbox, run(options))
}
