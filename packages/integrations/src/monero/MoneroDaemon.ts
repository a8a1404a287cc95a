/** Asks monerod how high the chain is. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type MoneroError, MoneroUnavailable } from "./MoneroError.ts"
import { type JsonRpc, makeJsonRpc } from "./rpc/JsonRpc.ts"
import type { RpcOptions } from "./rpc/RpcOptions.ts"
import { Info } from "./Wire.ts"

/** Heights count blocks. `targetHeight` is what the daemon knows of its peers, at least `height`. */
export interface DaemonInfo {
  readonly height: number
  readonly targetHeight: number
}

/** A daemon. */
export class MoneroDaemon extends Context.Service<MoneroDaemon, {
  /** Unavailable, too, while the daemon says that it is busy. */
  readonly info: Effect.Effect<DaemonInfo, MoneroError>
}>()("@purser/integrations/monero/MoneroDaemon") {
  /** A client that takes at most `concurrency` connections. */
  static readonly layer = (options: RpcOptions): Layer.Layer<MoneroDaemon> =>
    Layer.effect(MoneroDaemon, Effect.map(makeJsonRpc("daemon", options), clientOf))
}

const clientOf = ({ call }: JsonRpc): MoneroDaemon["Service"] => ({
  info: Effect.flatMap(
    call({ method: "get_info", parameters: {}, result: Info }),
    ({ height, status, target_height }) =>
      status === "OK"
        ? Effect.succeed({ height, targetHeight: Math.max(height, target_height) })
        : new MoneroUnavailable({ party: "daemon", why: "busy" })
  )
})
