/** Declares what the signer asks of the program that owes: limits, payees, and where a debt goes back to. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { AccountCode } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { Payout, PayoutId } from "../Payout.ts"
import type { RetryPolicy } from "../RetryRules.ts"

/** What the wallet may spend, as an operator last said; see `SpendRules`. In minor units. */
export interface SpendLimits {
  readonly floorMinor: bigint
  readonly hourlyCeilingMinor: bigint
  readonly dailyCeilingMinor: bigint
  readonly killSwitch: boolean
}

/** The program that owes. Its effects are read in the transaction that stores a block: they wait for nothing but stores. */
export class PayoutPolicy extends Context.Service<PayoutPolicy, {
  /** Whether nothing is published. Payouts of the other kind are left alone. */
  readonly dryRun: boolean
  readonly retry: RetryPolicy
  readonly limits: Effect.Effect<SpendLimits, StorageError>
  /** Where to pay now; null where there is nowhere, and then the debt goes back. */
  readonly payee: (payout: Payout) => Effect.Effect<string | null, StorageError>
  /** Gives back what a payout would have paid. Joins the transaction in which it fails. */
  readonly release: (payoutId: PayoutId) => Effect.Effect<void, StorageError>
  /** The account where the debt is owed, in the payout's own books. */
  readonly debtAccount: (payout: Payout) => AccountCode
}>()("@purser/domain/payouts/PayoutPolicy") {}
