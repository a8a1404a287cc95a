/** Signs heads of the log, and makes the proofs that outsiders check. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StorageError } from "../../transaction/index.ts"
import type { ConsistencyFile, InclusionFile } from "../../transparency/index.ts"
import type { Transfer, TransferId } from "../Transfer.ts"
import { LedgerLog } from "./LedgerLog.ts"
import type { LogError } from "./LogError.ts"
import { LogKeys } from "./LogKeys.ts"
import { proveGrowth, proveTransfer } from "./prove.ts"
import { type SignedCheckpoint, signHead } from "./signHead.ts"

/** A transfer and the proof that it is in the log. */
export interface TransferProof {
  readonly transfer: Transfer
  readonly file: InclusionFile
}

/**
 * The use cases of the log with the keys at hand. A head is stored before it is shown, there is one of each size for good,
 * and none is signed that does not continue the last one. Not within a transaction that posts: what is shown must last.
 */
export class LedgerProofs extends Context.Service<LedgerProofs, {
  /** The head of all that is booked, signed with every key. */
  readonly head: Effect.Effect<SignedCheckpoint, LogError | StorageError>
  /** Proof of one transfer, under the last signed head where that holds it, else under a new one. */
  readonly prove: (id: TransferId) => Effect.Effect<TransferProof, LogError | StorageError>
  /** Proof that the log as it is now continues the log at size `from`. */
  readonly grow: (from: bigint) => Effect.Effect<ConsistencyFile, LogError | StorageError>
}>()("@purser/domain/ledger/LedgerProofs") {
  static readonly layer: Layer.Layer<LedgerProofs, never, LedgerLog | LogKeys> = Layer.effect(
    LedgerProofs,
    Effect.gen(function*() {
      const bench = { log: yield* LedgerLog, keys: yield* LogKeys }
      return {
        head: signHead(bench),
        prove: (id) => proveTransfer(bench, id),
        grow: (from) => proveGrowth(bench, from)
      }
    })
  )
}
