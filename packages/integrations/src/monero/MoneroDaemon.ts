/** Asks monerod how high the chain is. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { MoneroError } from "./MoneroError.ts"
import { makeJsonRpc, type RpcOptions } from "./rpc/JsonRpc.ts"
import { Info } from "./Wire.ts"

/** Heights count blocks. `targetHeight` is what the daemon knows of its peers, at least `height`. */
export interface DaemonInfo {
  readonly height: number
  readonly targetHeight: number
}

/** A daemon. */
export class MoneroDaemon extends Context.Service<MoneroDaemon, {
  readonly info: Effect.Effect<DaemonInfo, MoneroError>
}>()("@purser/integrations/monero/MoneroDaemon") {
  /** A client that takes at most `concurrency` connections. */
  static readonly layer = (options: RpcOptions): Layer.Layer<MoneroDaemon> =>
    Layer.effect(
      MoneroDaemon,
      Effect.map(makeJsonRpc("daemon", options), ({ call }) => ({
        info: Effect.map(
          call({ method: "get_info", parameters: {}, result: Info }),
          ({ height, target_height }) => ({ height, targetHeight: Math.max(height, target_height) })
        )
      }))
    )
}
