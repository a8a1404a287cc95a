/** Sets the faucet up on the stores and providers of an installation. */
import {
  AddressMalformed,
  Earning,
  FaucetAdmin,
  FaucetPolicy,
  FaucetSettings,
  Players,
  Settling
} from "@purser/domain/faucet"
import { type PayoutRail, PayoutSigner } from "@purser/domain/payouts"
import { PayeeAddress } from "@purser/domain/rewards"
import {
  BananoNode,
  BananoWork,
  burnAddress,
  parseAddress,
  type SeedRefused,
  type Signer,
  signerOf
} from "@purser/integrations/banano"
import { FortniteStats } from "@purser/integrations/fortnite"
import { Yunite } from "@purser/integrations/yunite"
import { BananoRail, layerDirectory, layerStats } from "@purser/jobs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { FaucetLine } from "./FaucetLine.ts"
import type { RewardsSettings } from "./RewardsSettings.ts"

/** The operator's account, whose key is here. */
export class OperatorSigner extends Context.Service<OperatorSigner, Signer>()(
  "@purser/runtime/rewards/OperatorSigner"
) {
  /** The first account of the seed. */
  static readonly layer: Layer.Layer<OperatorSigner, SeedRefused, FaucetLine> = Layer.effect(
    OperatorSigner,
    FaucetLine.use(({ seed }) => Effect.fromResult(signerOf(seed)))
  )
}

const parsePayee: FaucetSettings["Service"]["parsePayee"] = (text) =>
  Result.match(parseAddress(text.trim()), {
    onFailure: ({ reason }) => Result.fail(new AddressMalformed({ why: reason })),
    onSuccess: (address) => Result.succeed(PayeeAddress.make(address))
  })

/** What the operator says, and the address that it is said with. */
export const layerFaucetSettings = (
  { access, mode, plan }: RewardsSettings
): Layer.Layer<FaucetSettings, never, OperatorSigner> =>
  Layer.effect(
    FaucetSettings,
    OperatorSigner.useSync(({ address }) => ({
      dryRun: mode === "dry_run",
      config: plan.config,
      resetZone: plan.resetZone,
      operatorAddress: PayeeAddress.make(address),
      burnAddress: PayeeAddress.make(burnAddress),
      parsePayee,
      coolDownMillis: plan.coolDownMillis,
      verificationMostMillis: plan.verificationMostMillis,
      verificationEveryMillis: plan.verificationEveryMillis,
      settlementSeed: plan.settlementSeed,
      testAccounts: access.testAccounts,
      retention: plan.retention
    }))
  )

const layerClients = Layer.unwrap(FaucetLine.useSync(({ fortnite, node, yunite }) =>
  Layer.mergeAll(
    Layer.provide(layerDirectory, Yunite.layer(yunite)),
    Layer.provide(layerStats, FortniteStats.layer(fortnite)),
    BananoNode.layer(node)
  )
))

const layerWork = Layer.unwrap(
  FaucetLine.useSync(({ work }) => work === "node" ? BananoWork.layerNodeFirst : BananoWork.layerLocal)
)

/** The operator's account on the node at hand. */
export const layerRailOut: Layer.Layer<PayoutRail, never, BananoNode | FaucetLine | OperatorSigner> = Layer.unwrap(
  Effect.gen(function*() {
    const signer = yield* OperatorSigner
    const { representative } = yield* FaucetLine
    return BananoRail.layer({ signer, representative: representative ?? signer.address })
  })
).pipe(Layer.provide(layerWork))

/** What every process of the faucet has: the clients, what the operator says, and the use cases. */
export const layerFaucet = (rewards: RewardsSettings) =>
  FaucetAdmin.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(Players.layer, Earning.layer, Settling.layer)),
    Layer.provideMerge(layerFaucetSettings(rewards)),
    Layer.provideMerge(layerClients),
    Layer.provideMerge(OperatorSigner.layer)
  )

/** What only a process that pays out has. */
export const layerSigner = PayoutSigner.layer.pipe(Layer.provide(Layer.merge(FaucetPolicy.layer, layerRailOut)))
