/** Sends every request where it belongs: the wallet, the daemon, or the controls. */
import * as Effect from "effect/Effect"
import { type Answer, type Asked, bare, json } from "../../../loopback/Answer.ts"
import type { Handler } from "../../../loopback/listen.ts"
import type { ChainKeeper } from "../chain/ChainKeeper.ts"
import { daemonMethods } from "./daemonMethods.ts"
import type { Doorkeeper } from "./Doorkeeper.ts"
import type { Faults } from "./Faults.ts"
import { callMethod } from "./rpc.ts"
import { walletMethods } from "./walletMethods.ts"

/** The paths below the sandbox's address that clients of Monero are given. */
export const paths = { wallet: "/wallet", daemon: "/daemon", control: "/sandbox" } as const

/** What answers. `doorkeeper` stands before the wallet; without one it is open. */
export interface Rooms {
  readonly keeper: ChainKeeper
  readonly faults: Faults
  readonly doorkeeper: Doorkeeper | undefined
  readonly control: Handler
}

/** The handler of everything. A daemon that is down does not answer at all. */
export const answerAll = ({ control, doorkeeper, faults, keeper }: Rooms): Handler => {
  const ofWallet = walletMethods(keeper)
  const ofDaemon = daemonMethods(keeper)
  const wallet = (asked: Asked): Effect.Effect<Answer> => {
    const challenge = doorkeeper?.stop(asked)
    return challenge === undefined
      ? Effect.map(callMethod(ofWallet, asked.body), (body) => json(200, body))
      : Effect.succeed(challenge)
  }
  const daemon = ({ body }: Asked): Effect.Effect<Answer> =>
    Effect.flatMap(keeper.read, ({ isDaemonUp }) =>
      isDaemonUp
        ? Effect.map(callMethod(ofDaemon, body), (answer) => json(200, answer))
        : Effect.succeed<Answer>({ _tag: "Hangup" }))
  return (asked) => {
    if (asked.path === `${paths.wallet}/json_rpc`) return Effect.flatMap(wallet(asked), faults.apply)
    if (asked.path === `${paths.daemon}/json_rpc`) return Effect.flatMap(daemon(asked), faults.apply)
    return `${asked.path}/`.startsWith(`${paths.control}/`) ? control(asked) : Effect.succeed(bare(404))
  }
}
