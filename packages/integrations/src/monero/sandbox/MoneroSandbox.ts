/** Runs a server that stands in for Monero: it speaks as wallet and daemon do, about a chain of play money. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { listen } from "../../loopback/listen.ts"
import { SandboxRefused } from "../../loopback/SandboxRefused.ts"
import { primaryAddress, subaddresses } from "./chain/addresses.ts"
import { makeChainKeeper } from "./chain/ChainKeeper.ts"
import { controlAnswer } from "./control/controlAnswer.ts"
import { operationsOn } from "./operations.ts"
import type { SandboxRefusedRequest } from "./SandboxError.ts"
import type { SandboxOperations } from "./SandboxOperations.ts"
import { answerAll, paths } from "./server/answerAll.ts"
import { Doorkeeper } from "./server/Doorkeeper.ts"
import { type Fault, makeFaults } from "./server/Faults.ts"

/** How a sandbox runs. */
export interface SandboxOptions {
  /** An address of loopback; every other is refused. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The file that keeps the chain over a restart; null keeps it in memory. */
  readonly dataFile: string | null
  /** How often a block is mined without being asked for; null never. */
  readonly blockIntervalMillis: number | null
  /** What the wallet asks for, as `--rpc-login` does; daemon and controls are open. Both or none. */
  readonly user?: string
  readonly password?: Redacted.Redacted<string>
}

/** A sandbox that runs. */
export interface RunningSandbox extends SandboxOperations<SandboxRefusedRequest> {
  /** Where it listens. The controls are below `/sandbox`. */
  readonly url: string
  /** What to give to the clients of wallet and daemon. */
  readonly walletUrl: string
  readonly daemonUrl: string
  readonly primaryAddress: string
  /** Those of the indices 1 to 4. */
  readonly subaddresses: ReadonlyArray<string>
  readonly network: "stagenet"
  /** Makes the next answers of wallet and daemon go wrong, that many; 0 ends it. */
  readonly failNext: (answers: number, fault: Fault) => Effect.Effect<void>
}

const doorkeeperOf = ({ password, user }: SandboxOptions): Effect.Effect<Doorkeeper | undefined, SandboxRefused> => {
  if (user === undefined && password === undefined) return Effect.undefined
  return user === undefined || password === undefined
    ? new SandboxRefused({ reason: "LoginIncomplete", detail: "user and password belong together" })
    : Effect.succeed(new Doorkeeper({ user, password }))
}

const mineEvery = (millis: number, { mine }: SandboxOperations<SandboxRefusedRequest>): Effect.Effect<never> =>
  Effect.sleep(millis).pipe(
    Effect.andThen(mine(1)),
    Effect.catch((error) => Effect.logWarning(`the Monero sandbox mined no block: ${error.message}`)),
    Effect.forever
  )

const run = (options: SandboxOptions): Effect.Effect<RunningSandbox, SandboxRefused, Scope.Scope> =>
  Effect.gen(function*() {
    const doorkeeper = yield* doorkeeperOf(options)
    const keeper = yield* makeChainKeeper(options.dataFile)
    const faults = yield* makeFaults
    const operations = operationsOn(keeper)
    const url = yield* listen(options, answerAll({ keeper, faults, doorkeeper, control: controlAnswer(operations) }))
    if (options.blockIntervalMillis !== null) {
      yield* Effect.forkScoped(mineEvery(options.blockIntervalMillis, operations))
    }
    return {
      ...operations,
      url,
      walletUrl: `${url}${paths.wallet}`,
      daemonUrl: `${url}${paths.daemon}`,
      primaryAddress,
      subaddresses,
      network: "stagenet",
      failNext: faults.plan
    }
  })

/** A server that stands in for monero-wallet-rpc and monerod. */
export class MoneroSandbox extends Context.Service<MoneroSandbox, RunningSandbox>()(
  "@purser/integrations/monero/MoneroSandbox"
) {
  /** Listens until the layer is released; refuses to start where it cannot. */
  static readonly layer = (options: SandboxOptions): Layer.Layer<MoneroSandbox, SandboxRefused> =>
    Layer.effect(MoneroSandbox, run(options))
}
