/** Declares what the contract does to a chain, real or not. */
import type { RpcOptions } from "@purser/integrations/monero"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** Money for an address of the wallet. */
export interface Output {
  readonly address: string
  readonly amountMinor: bigint
}

/** A wallet behind a login, its daemon, and somebody who pays. */
export class Network extends Context.Service<Network, {
  /** With the login. */
  readonly wallet: RpcOptions
  readonly daemon: RpcOptions
  readonly primaryAddress: string
  /** Those with the indices 1 and 2. */
  readonly subaddresses: ReadonlyArray<string>
  /** Sends one transaction into the pool; answers its id. */
  readonly pay: (outputs: ReadonlyArray<Output>, unlockTime?: bigint) => Effect.Effect<string>
  readonly mine: (blocks: number) => Effect.Effect<void>
  /** Mines a block whose reward the wallet gets. */
  readonly mineReward: Effect.Effect<void>
  readonly reorganise: (depth: number, fate: "pool" | "lost") => Effect.Effect<void>
  readonly stopDaemon: Effect.Effect<void>
  readonly startDaemon: Effect.Effect<void>
}>()("@purser/integrations/test/Network") {}
