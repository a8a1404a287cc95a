/** Puts a real monerod, a payer and the operator's view-only wallet behind the ports that stories and monitor use. */
import { type Id8, MoneroAddress } from "@purser/domain/tickets"
import { MoneroDaemon, MoneroWallet } from "@purser/integrations/monero"
import { MoneroRail } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { RegtestEndpoints } from "../../../../scripts/testing/regtest/chain.ts"
import { type Lease, leaseRegtest } from "../../../../scripts/testing/regtest/lease.ts"
import { Chain, type Output } from "./Chain.ts"
import { type Destination, RegtestNode } from "./RegtestNode.ts"

/** What can be done to a real chain beyond what every chain can. */
export class Regtest extends Context.Service<Regtest, {
  /** Takes blocks away without putting others in their place; their transactions wait in the pool. */
  readonly pop: (blocks: number) => Effect.Effect<void>
  /** Mines blocks without the transactions that wait in the pool, and leaves them there. */
  readonly mineEmpty: (blocks: number) => Effect.Effect<void>
}>()("@purser/jobs/test/Regtest") {}

/** The id is one of the whole transaction and travels in the first address; the keys are the same without it. */
const destinations = (
  { operatorAddress, operatorSubaddresses }: RegtestEndpoints,
  outputs: ReadonlyArray<Output>
): ReadonlyArray<Destination> =>
  outputs.map(({ amountMinor: amount, id8, subaddress }, index) => {
    if (subaddress !== undefined) return { amount, address: operatorSubaddresses[subaddress - 1] ?? "" }
    const isPlain = id8 === null || index > 0
    return {
      amount,
      address: isPlain ? operatorAddress : Result.getOrThrow(MoneroAddress.integrated(operatorAddress, id8 as Id8))
    }
  })

const chainOn = (lease: Lease, node: RegtestNode, startHeight: number): Chain["Service"] => ({
  network: "mainnet",
  primaryAddress: lease.endpoints.operatorAddress,
  startHeight,
  pay: ({ outputs, unlockTime = 0n }) =>
    Effect.promise(() => node.pay(destinations(lease.endpoints, outputs), unlockTime)),
  mine: (blocks) => Effect.promise(() => node.mine(blocks)),
  reorganise: (depth, fate) => Effect.promise(() => node.reorganise(depth, fate)),
  resend: (id) => Effect.promise(() => node.resend(id)),
  doubleSpend: (id) => Effect.promise(() => node.doubleSpend(id)),
  spendOwn: Effect.promise(() => node.spendOwn()),
  stopDaemon: Effect.promise(lease.stopDaemon),
  startDaemon: Effect.promise(lease.startDaemon),
  killWallet: Effect.promise(lease.killOperator),
  startWallet: Effect.promise(lease.startOperator)
})

const railOn = (
  { daemonUrl, operatorPassword, operatorUrl, operatorUser }: RegtestEndpoints,
  { ownTransactions }: RegtestNode
): Layer.Layer<MoneroRail> =>
  MoneroRail.layer({ ownTransactions: Effect.sync(() => ownTransactions) }).pipe(
    Layer.provide(MoneroWallet.layer({
      url: operatorUrl,
      user: operatorUser,
      password: Redacted.make(operatorPassword)
    })),
    Layer.provide(MoneroDaemon.layer({ url: daemonUrl }))
  )

/** The chain of this run, for as long as the layer lives, with a wallet that nobody has paid; `port` as injected. */
export const chainRegtest = (port: number): Layer.Layer<Chain | MoneroRail | Regtest> =>
  Layer.unwrap(Effect.gen(function*() {
    const lease = yield* Effect.acquireRelease(
      Effect.promise(() => leaseRegtest(port)),
      (held) => Effect.promise(held.release)
    )
    const node = new RegtestNode(lease.endpoints)
    const startHeight = yield* Effect.promise(() => node.height())
    const own = Context.make(Chain, chainOn(lease, node, startHeight)).pipe(
      Context.add(Regtest, {
        pop: (blocks) => Effect.promise(() => node.pop(blocks)),
        mineEmpty: (blocks) => Effect.promise(() => node.mineEmpty(blocks))
      })
    )
    return Layer.merge(Layer.succeedContext(own), railOn(lease.endpoints, node))
  }))
