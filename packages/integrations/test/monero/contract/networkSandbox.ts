/** Puts the sandbox behind the contract's network. */
import { MoneroSandbox, type SandboxRefusedRequest } from "@purser/integrations/monero/sandbox"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Network } from "./Network.ts"

const login = { user: "monitor", password: Redacted.make("p\"4ss") }

const allowed = <A>(effect: Effect.Effect<A, SandboxRefusedRequest>): Effect.Effect<A> => Effect.orDie(effect)

const network = Effect.map(MoneroSandbox, (sandbox): Network["Service"] => ({
  wallet: { url: sandbox.walletUrl, ...login },
  daemon: { url: sandbox.daemonUrl },
  primaryAddress: sandbox.primaryAddress,
  subaddresses: sandbox.subaddresses,
  pay: ([first, ...further], unlockTime = 0n) =>
    Effect.map(allowed(sandbox.pay({ ...first!, further, unlockTime })), ({ transactionId }) => transactionId),
  mine: (blocks) => allowed(sandbox.mine(blocks)),
  mineReward: allowed(sandbox.mine(1, 600_000_000_000n)),
  reorganise: (depth, fate) => allowed(sandbox.reorganise({ depth, fate })),
  stopDaemon: allowed(sandbox.stopDaemon),
  startDaemon: allowed(sandbox.startDaemon)
}))

/** A sandbox of its own, behind a login. */
export const networkSandbox: Layer.Layer<Network> = Layer.effect(Network, network).pipe(
  Layer.provide(
    MoneroSandbox.layer({ host: "127.0.0.1", port: 0, dataFile: null, blockIntervalMillis: null, ...login })
  ),
  Layer.orDie
)
