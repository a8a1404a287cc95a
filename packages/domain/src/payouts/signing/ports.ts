/** Names what the signer works with. */
import * as Effect from "effect/Effect"
import { LedgerStore } from "../../ledger/index.ts"
import { Outbox } from "../../outbox/index.ts"
import { type StorageError, Transaction } from "../../transaction/index.ts"
import { PayoutRail } from "../PayoutRail.ts"
import { BlockStore, PayoutStore } from "../PayoutStore.ts"
import { PayoutPolicy } from "./PayoutPolicy.ts"

/** The rail, the program that owes, and the stores of one installation. */
export const ports = Effect.all({
  blocks: BlockStore,
  ledger: LedgerStore,
  outbox: Outbox,
  payouts: PayoutStore,
  policy: PayoutPolicy,
  rail: PayoutRail,
  transaction: Transaction
})

/** What `ports` gives. */
export type Ports = Effect.Success<typeof ports>

/** Runs a step only while the caller is in office, such as `guard` of a term; `G` says that it no longer is. */
export type Guard<G> = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | G, R>

/** What a step of the signer works with: all that it writes goes through `act`, as one and under the guard. */
export interface Office<G> extends Ports {
  readonly act: <A, E, R>(step: Effect.Effect<A, E, R>) => Effect.Effect<A, E | G | StorageError, R>
}

/** The ports of somebody in office. */
export const officeOf = <G>(at: Ports, guard: Guard<G>): Office<G> => ({
  ...at,
  act: (step) => guard(at.transaction.atomically(step))
})
