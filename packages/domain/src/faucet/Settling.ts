/** Pays out what is owed, as far as the caps allow. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import type { AccountError, LedgerError } from "../ledger/index.ts"
import { SettlementRules } from "../rewards/index.ts"
import type { StorageError } from "../transaction/index.ts"
import { currentConfig, type Ports, ports, type PortServices } from "./ports.ts"
import { candidates } from "./settling/candidates.ts"
import { openAccounts, pay } from "./settling/pay.ts"

/** What a settlement came to. Amounts are minor units of BAN. */
export interface Settled {
  /** Players who are owed something. */
  readonly candidates: number
  readonly payouts: number
  /** Rows in them. */
  readonly accruals: number
  readonly amountMinor: bigint
  readonly leftOut: Readonly<Record<SettlementRules.LeftOut, number>>
  /** What decided the order. */
  readonly seed: number
}

/** The use cases of settling. */
export class Settling extends Context.Service<Settling, {
  /**
   * Makes a payout for each player who is owed something, may be paid and is below the caps, in a random order. Payouts are queued:
   * the signer pays them. Safe to run twice at once: an accrual is in one payout at most.
   */
  readonly settle: Effect.Effect<Settled, AccountError | LedgerError | StorageError>
}>()("@purser/domain/faucet/Settling") {
  /** The use cases on the stores at hand. */
  static readonly layer: Layer.Layer<Settling, never, PortServices> = Layer.effect(
    Settling,
    Effect.map(ports, (at) => ({ settle: settle(at) }))
  )
}

/** Payouts that are made in one transaction. */
const chunk = 50

const count = ({ leftOut }: SettlementRules.Settlement): Settled["leftOut"] => {
  const of = (reason: SettlementRules.LeftOut) => leftOut.filter(({ why }) => why === reason).length
  return {
    NotEligible: of("NotEligible"),
    NothingEarned: of("NothingEarned"),
    CapReached: of("CapReached"),
    NextRun: of("NextRun")
  }
}

const settle = Effect.fnUntraced(function*(
  at: Ports
): Effect.fn.Return<Settled, AccountError | LedgerError | StorageError> {
  yield* openAccounts(at)
  const { config } = yield* currentConfig(at)
  const seed = at.settings.settlementSeed ?? (yield* Random.nextIntBetween(0, 2 ** 31))
  const found = yield* candidates(at, { config, nowMillis: yield* Clock.currentTimeMillis })
  const drawn = SettlementRules.settle(found, { unit: config.caps.unit, seed, batchSize: config.batchSize })
  const order = drawn.shares.map(({ playerId }) => playerId)
  const parts = Array.from(
    { length: Math.ceil(order.length / chunk) },
    (_, part) => order.slice(part * chunk, (part + 1) * chunk)
  )
  const paid = (yield* Effect.forEach(parts, (ids) => pay(at, ids, config))).flat()
  const payouts = paid.map(({ payout }) => payout)
  return {
    candidates: found.length,
    payouts: payouts.length,
    accruals: paid.reduce((sum, { accruals }) => sum + accruals, 0),
    amountMinor: payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    leftOut: count(drawn),
    seed
  }
})
