/** Posts to the ledger: one transfer, a linked set, or many sets at once. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StorageError } from "../transaction/index.ts"
import type { Account, AccountRequest } from "./Account.ts"
import type { AccountError, LedgerError } from "./LedgerError.ts"
import { type Booked, LedgerStore, type LinkedSet, type Outcome } from "./LedgerStore.ts"
import type { Transfer, TransferRequest } from "./Transfer.ts"

/** The use cases of the ledger over the store at hand; queries are on `LedgerStore` itself. */
export class Ledger extends Context.Service<Ledger, {
  /** Opens an account; opening it again with the same fields answers with it as it is. */
  readonly open: (request: AccountRequest) => Effect.Effect<Account, AccountError | StorageError>
  /** Books one transfer. Idempotent by its id and key. */
  readonly post: (request: TransferRequest) => Effect.Effect<Transfer, LedgerError | StorageError>
  /** Books all or nothing, in order. */
  readonly postLinked: (set: LinkedSet) => Effect.Effect<Booked, LedgerError | StorageError>
  /** Books each set for itself and answers for each, in order. */
  readonly postEach: (sets: ReadonlyArray<LinkedSet>) => Effect.Effect<ReadonlyArray<Outcome>, StorageError>
}>()("@purser/domain/ledger/Ledger") {
  /** The use cases on the store at hand. */
  static readonly layer: Layer.Layer<Ledger, never, LedgerStore> = Layer.effect(
    Ledger,
    Effect.map(LedgerStore, (store) => {
      const postLinked = (set: LinkedSet) =>
        Effect.flatMap(store.post([set]), ([outcome]) => Effect.fromResult(outcome!))
      return {
        open: (request) => Effect.flatMap(store.openAccounts([request]), ([answer]) => Effect.fromResult(answer!)),
        post: (request) => Effect.map(postLinked([request]), ({ transfers }) => transfers[0]!),
        postLinked,
        postEach: store.post
      }
    })
  )
}
