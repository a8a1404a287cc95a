/** Runs a server that stands in for a node of Banano: it speaks as one, about a ledger of play money. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { type Handler, listen } from "../../loopback/listen.ts"
import type { SandboxRefused } from "../../loopback/SandboxRefused.ts"
import { workThreshold } from "../crypto/work.ts"
import { makeWorkSearch } from "../work/WorkSearch.ts"
import { controlAnswer } from "./control/controlAnswer.ts"
import { makeLedgerKeeper } from "./ledger/LedgerKeeper.ts"
import { operationsOn } from "./operations.ts"
import type { SandboxRefusedRequest } from "./SandboxError.ts"
import type { SandboxOperations } from "./SandboxOperations.ts"
import { answerNode } from "./server/answerNode.ts"
import { makeFaults } from "./server/Faults.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** An address of loopback; every other is refused. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The file that keeps the ledger over a restart; null keeps it in memory. */
  readonly dataFile: string | null
  /** How long after its arrival a block is confirmed; null when that is done by hand. */
  readonly confirmationMillis: number | null
  /** What work a block needs; Banano's unless given. */
  readonly workThreshold?: bigint
  /** Whether it answers `work_generate`; public nodes do not. */
  readonly generatesWork?: boolean
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxOperations<SandboxRefusedRequest> {
  /** Where it listens. The controls are below `/sandbox`. */
  readonly url: string
  /** What to give to the client of a node. */
  readonly nodeUrl: string
}

const nodePath = "/node"

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    const keeper = yield* makeLedgerKeeper(options.dataFile)
    const faults = yield* makeFaults
    const operations = operationsOn(keeper, faults)
    const control = controlAnswer(operations)
    const node = answerNode({
      keeper,
      faults,
      threshold: options.workThreshold ?? workThreshold,
      confirmationMillis: options.confirmationMillis,
      search: options.generatesWork === true ? yield* makeWorkSearch : undefined
    })
    const answer: Handler = (asked) => asked.path === nodePath ? node(asked) : control(asked)
    const url = yield* listen(options, answer)
    return { ...operations, url, nodeUrl: `${url}${nodePath}` }
  })

/** A server that stands in for a node. */
export class BananoSandbox extends Context.Service<BananoSandbox, RunningSandbox>()(
  "@purser/integrations/banano/BananoSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<BananoSandbox, SandboxRefused> =>
    Layer.effect(BananoSandbox, run(options))
}
