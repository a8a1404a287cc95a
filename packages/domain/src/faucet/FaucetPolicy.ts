/** Answers what the signer asks of the faucet: limits, payees, and where a debt goes back to. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Payout, PayoutPolicy, RetryRules } from "../payouts/index.ts"
import { AccrualPostings, PlayerId, WalletRules } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { currentConfig, type Ports, ports, type PortServices } from "./ports.ts"
import { isPayable } from "./settling/candidates.ts"
import { loadAll } from "./standing.ts"

/**
 * The newest wallet that counts at the moment of signing, of a player who may be paid at that moment: whoever left, or is held,
 * since the settlement is not paid, and the debt waits.
 */
const payee = Effect.fnUntraced(function*(
  at: Ports,
  payout: Payout
): Effect.fn.Return<string | null, StorageError> {
  const nowMillis = yield* Clock.currentTimeMillis
  const [loaded] = yield* loadAll(at, yield* at.players.byIds([PlayerId.make(payout.player)]))
  if (loaded === undefined || !isPayable(at, loaded, nowMillis)) return null
  return WalletRules.payeeOf(loaded.links, nowMillis)?.address ?? null
})

/** The faucet as the program that owes. */
export const layer: Layer.Layer<PayoutPolicy, never, PortServices> = Layer.effect(
  PayoutPolicy,
  Effect.map(ports, (at) => ({
    dryRun: at.settings.dryRun,
    retry: RetryRules.standard,
    limits: Effect.map(currentConfig(at), ({ config }) => config),
    payee: (payout) => payee(at, payout),
    release: (payoutId) => Effect.asVoid(at.earnings.release(payoutId)),
    debtAccount: ({ dryRun, player }) => AccrualPostings.earnedAccount(PlayerId.make(player), dryRun)
  }))
)
