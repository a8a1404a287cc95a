/** Declares the port behind which incoming payments are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { StorageError } from "../transaction/index.ts"
import type { Payment, PaymentKey, PaymentState, Rail } from "./Payment.ts"

/** Keeps payments and how far each rail has been read. Every method joins the surrounding `Transaction`. */
export class PaymentStore extends Context.Service<PaymentStore, {
  /** Payments with these keys, in no order; unknown keys are left out. */
  readonly byKeys: (rail: Rail, keys: ReadonlyArray<PaymentKey>) => Effect.Effect<ReadonlyArray<Payment>, StorageError>
  /** Payments to one target, first seen first, then by key. */
  readonly byTarget: (rail: Rail, target: string) => Effect.Effect<ReadonlyArray<Payment>, StorageError>
  /** Payments that can still change: pool and orphaned ones, and those in a block above `aboveHeight`. */
  readonly unsettled: (rail: Rail, aboveHeight: number) => Effect.Effect<ReadonlyArray<Payment>, StorageError>
  /** Payments in a state, newest first, at most `limit` (1 to 1,000). */
  readonly inState: (
    rail: Rail,
    state: PaymentState,
    limit: number
  ) => Effect.Effect<ReadonlyArray<Payment>, StorageError>
  /** Inserts or replaces by (rail, key). Idempotent. */
  readonly save: (payments: ReadonlyArray<Payment>) => Effect.Effect<void, StorageError>
  /** The height up to which (inclusive) the rail has been read. */
  readonly cursor: (rail: Rail) => Effect.Effect<Option.Option<number>, StorageError>
  readonly setCursor: (rail: Rail, height: number) => Effect.Effect<void, StorageError>
}>()("@purser/domain/payments/PaymentStore") {}
