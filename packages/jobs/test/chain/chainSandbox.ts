/** Puts the sandbox of Monero, a server that the real clients talk to, behind the ports that stories and monitor use. */
import { type Id8, MoneroAddress } from "@purser/domain/tickets"
import { MoneroDaemon, MoneroWallet } from "@purser/integrations/monero"
import { MoneroSandbox, type RunningSandbox, type SandboxOutput } from "@purser/integrations/monero/sandbox"
import { MoneroRail } from "@purser/jobs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { Chain, type Output, type Sending } from "./Chain.ts"
import { type Relay, startRelay } from "./Relay.ts"

/** What the wallet calls its own addresses, by index; the primary one is the first. */
const askAddresses = ({ walletUrl }: RunningSandbox) =>
  Effect.promise(async (): Promise<ReadonlyArray<string>> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: "0", method: "get_address", params: { account_index: 0 } })
    const { result } = await (await fetch(`${walletUrl}/json_rpc`, { method: "POST", body })).json() as {
      readonly result: { readonly addresses: ReadonlyArray<{ readonly address: string }> }
    }
    return result.addresses.map(({ address }) => address)
  })

const outputTo = (addresses: ReadonlyArray<string>) => ({ amountMinor, id8, subaddress }: Output): SandboxOutput => {
  const address = addresses[subaddress ?? 0] ?? ""
  return {
    amountMinor,
    address: id8 === null ? address : Result.getOrThrow(MoneroAddress.integrated(address, id8 as Id8))
  }
}

const payWith = (sandbox: RunningSandbox, addresses: ReadonlyArray<string>) => ({ outputs, ...rest }: Sending) => {
  const [first, ...further] = outputs.map(outputTo(addresses))
  return first === undefined
    ? Effect.die(new Error("a transaction has outputs"))
    : Effect.map(Effect.orDie(sandbox.pay({ ...first, further, ...rest })), ({ transactionId }) => transactionId)
}

interface Parts {
  readonly sandbox: RunningSandbox
  readonly addresses: ReadonlyArray<string>
  readonly relay: Relay
  readonly own: Set<string>
}

const chainOn = ({ addresses, own, relay, sandbox }: Parts): Chain["Service"] => ({
  network: sandbox.network,
  primaryAddress: sandbox.primaryAddress,
  startHeight: 1,
  pay: payWith(sandbox, addresses),
  mine: (blocks) => Effect.orDie(sandbox.mine(blocks)),
  reorganise: (depth, fate) => Effect.orDie(sandbox.reorganise({ depth, fate })),
  resend: (id) => Effect.orDie(sandbox.resend(id)),
  doubleSpend: (id) => Effect.orDie(sandbox.doubleSpend(id)),
  spendOwn: Effect.map(
    Effect.orDie(sandbox.pay({ address: sandbox.primaryAddress, amountMinor: 3_191_600_000n, isOwnChange: true })),
    ({ transactionId }) => void own.add(transactionId)
  ),
  stopDaemon: Effect.orDie(sandbox.stopDaemon),
  startDaemon: Effect.orDie(sandbox.startDaemon),
  killWallet: relay.cut,
  startWallet: relay.mend
})

const throughRelay = (url: string, { port }: Relay): string => {
  const relayed = new URL(url)
  relayed.port = String(port)
  return relayed.href
}

const railOn = ({ own, relay, sandbox }: Parts): Layer.Layer<MoneroRail> =>
  MoneroRail.layer({ ownTransactions: Effect.sync(() => own) }).pipe(
    Layer.provide(MoneroWallet.layer({ url: throughRelay(sandbox.walletUrl, relay) })),
    Layer.provide(MoneroDaemon.layer({ url: sandbox.daemonUrl }))
  )

/** A chain of play money on a server of its own, and the rail that reads it over HTTP. */
export const chainSandbox: Layer.Layer<Chain | MoneroRail> = Layer.unwrap(Effect.gen(function*() {
  const sandbox = yield* MoneroSandbox
  const relay = yield* startRelay(Number(new URL(sandbox.walletUrl).port))
  const parts = { sandbox, relay, addresses: yield* askAddresses(sandbox), own: new Set<string>() }
  return Layer.merge(Layer.succeed(Chain, chainOn(parts)), railOn(parts))
})).pipe(
  Layer.provide(Layer.orDie(MoneroSandbox.layer({
    host: "127.0.0.1",
    port: 0,
    dataFile: null,
    blockIntervalMillis: null
  })))
)
