/** Declares the port behind which the Merkle log of all transfers is kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { StorageError } from "../../transaction/index.ts"
import type { Hash } from "../../transparency/index.ts"
import type { Transfer, TransferId } from "../Transfer.ts"
import type { LogError } from "./LogError.ts"
import type { LogSalt } from "./record.ts"

/** What shows that a transfer is in the log at some size: `index` is its sequence less 1, `hashes` lead to the root. */
export interface Inclusion {
  readonly transfer: Transfer
  readonly salt: LogSalt
  readonly hashes: ReadonlyArray<Hash>
}

/** A head that was signed: the whole note with its signatures. */
export interface SignedHead {
  readonly size: bigint
  readonly note: string
  readonly signedAtMillis: number
}

/**
 * Proves from the log of all transfers, which posting writes: the transfer with sequence `n` is leaf `n - 1`, and the log
 * of any size never changes. Every method joins the surrounding `Transaction`, if there is one.
 */
export class LedgerLog extends Context.Service<LedgerLog, {
  /** How many transfers are in the log. */
  readonly size: Effect.Effect<bigint, StorageError>
  /** Root of the first `size` transfers. Refuses with `SizeBeyondLog`. */
  readonly root: (size: bigint) => Effect.Effect<Hash, LogError | StorageError>
  /** Proof in the log of that size. Refuses with `TransferNotFound`, `TransferBeyondSize`, `SizeBeyondLog`. */
  readonly inclusion: (id: TransferId, size: bigint) => Effect.Effect<Inclusion, LogError | StorageError>
  /**
   * Proof that the log at size `to` continues the one at `from`, 1 or more and at most `to`. Refuses with
   * `ConsistencyFromNothing`, `SizesOutOfOrder`, `SizeBeyondLog`.
   */
  readonly consistency: (from: bigint, to: bigint) => Effect.Effect<ReadonlyArray<Hash>, LogError | StorageError>
  /** The head that was signed at exactly that size. */
  readonly signedHead: (size: bigint) => Effect.Effect<Option.Option<SignedHead>, StorageError>
  /** The largest head that was ever signed. */
  readonly lastSignedHead: Effect.Effect<Option.Option<SignedHead>, StorageError>
  /** Stores a head unless there is one of its size; answers with the one that is stored. Heads are never changed. */
  readonly keepHead: (head: SignedHead) => Effect.Effect<SignedHead, StorageError>
}>()("@purser/domain/ledger/LedgerLog") {}
