/** Runs a server on loopback that stands in for fortnite-api.com: accounts, and figures that go up. */
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
import type { Window } from "../AskingLimits.ts"
import { controlAnswer } from "./control/controlAnswer.ts"
import { operationsOn } from "./operations.ts"
import { firstPlayers } from "./players.ts"
import type { SandboxFault, SandboxOperations } from "./SandboxOperations.ts"
import { answerStats } from "./server/answerStats.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** An address of loopback; every other is refused. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The one key that it takes. */
  readonly key: Redacted.Redacted<string>
  /** How much may be asked, such as `providerWindows`; as much as you like unless given. */
  readonly windows?: ReadonlyArray<Window>
  /** Whether it starts with the players of the demonstration, not without any. */
  readonly demo?: boolean
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxOperations<SandboxRefusedRequest> {
  /** Where it listens. The controls are below `/sandbox`. */
  readonly url: string
  /** What to give to the client. */
  readonly apiUrl: string
}

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    let asked = 0
    const players = firstPlayers(options.demo ?? false)
    const faults = makeFaults<SandboxFault>()
    const operations = operationsOn({ players, faults, questions: () => asked })
    const control = controlAnswer(operations)
    const { key, windows = [] } = options
    const stats = answerStats({ players, faults, key, windows, count: () => void asked++ })
    const url = yield* listen(options, (question) => isControl(question.path) ? control(question) : stats(question))
    return { ...operations, url, apiUrl: url }
  })

/** A server that stands in for fortnite-api.com. */
export class FortniteSandbox extends Context.Service<FortniteSandbox, RunningSandbox>()(
  "@purser/integrations/fortnite/FortniteSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<FortniteSandbox, SandboxRefused> =>
    Layer.effect(FortniteSandbox, run(options))
}
