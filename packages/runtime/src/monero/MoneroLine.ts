/** Decides where wallet and daemon are reached, and runs the sandbox where it stands in for them. */
import type * as Listener from "@purser/http/listener"
import type { RpcOptions } from "@purser/integrations/monero"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { join } from "node:path"
import type { MoneroSettings, Settings } from "../config/Settings.ts"

/** The sandbox could not be started. */
export class SandboxNotStarted extends Data.TaggedError("SandboxNotStarted")<{ readonly why: string }> {
  override get message(): string {
    return `the Monero sandbox did not start: ${this.why}`
  }
}

type Rpc = Extract<MoneroSettings, { readonly mode: "rpc" }>
type Line = Pick<Settings, "dataDir" | "monero">

const overRpc = ({ daemonUrl, password, user, walletUrl }: Rpc): MoneroLine["Service"] => {
  const login: Omit<RpcOptions, "url"> = user === null || password === null ? {} : { user, password }
  return { wallet: { url: walletUrl, ...login }, daemon: { url: daemonUrl, ...login }, sandboxUrl: null }
}

const overSandbox = (url: string): MoneroLine["Service"] => ({
  wallet: { url: `${url}/wallet` },
  daemon: { url: `${url}/daemon` },
  sandboxUrl: url
})

const placeOf = (listener: Listener.Listener): { readonly host: string; readonly port: number } =>
  listener._tag === "tcp" ? { host: listener.host, port: listener.port } : { host: "127.0.0.1", port: 0 }

const urlOf = (listener: Listener.Listener): string => {
  const { host, port } = placeOf(listener)
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`
}

/** Where wallet and daemon are. `sandboxUrl` is where the chain of the sandbox is driven, null with a real wallet. */
export class MoneroLine extends Context.Service<MoneroLine, {
  readonly wallet: RpcOptions
  readonly daemon: RpcOptions
  readonly sandboxUrl: string | null
}>()("@purser/runtime/monero/MoneroLine") {
  /** As it is set; without a wallet, the sandbox that another process runs. */
  static readonly layer = ({ monero }: Line): Layer.Layer<MoneroLine> =>
    Layer.succeed(MoneroLine, monero.mode === "rpc" ? overRpc(monero) : overSandbox(urlOf(monero.listener)))

  /**
   * As it is set; without a wallet, a sandbox of our own that keeps its chain in the data directory. Its code is loaded
   * only then.
   */
  static readonly layerWithSandbox = (settings: Line): Layer.Layer<MoneroLine, SandboxNotStarted> => {
    const { dataDir, monero } = settings
    return monero.mode === "rpc" ? MoneroLine.layer(settings) : Layer.unwrap(Effect.map(
      Effect.promise(() => import("@purser/integrations/monero/sandbox")),
      ({ MoneroSandbox }) =>
        Layer.effect(MoneroLine, Effect.map(MoneroSandbox, ({ url }) => overSandbox(url))).pipe(
          Layer.provide(
            Layer.catch(
              MoneroSandbox.layer({
                ...placeOf(monero.listener),
                dataFile: join(dataDir, "monero-sandbox.json"),
                blockIntervalMillis: monero.blockIntervalMillis
              }),
              (error) => Layer.effect(MoneroSandbox, Effect.fail(new SandboxNotStarted({ why: error.message })))
            )
          )
        )
    ))
  }
}
