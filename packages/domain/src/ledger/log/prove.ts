/** Makes proofs under signed heads, and checks each before it is shown. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { StorageError } from "../../transaction/index.ts"
import {
  type ConsistencyFile,
  leafHash,
  type TransparencyError,
  verifyConsistency,
  verifyInclusion
} from "../../transparency/index.ts"
import type { TransferId } from "../Transfer.ts"
import type { TransferProof } from "./LedgerProofs.ts"
import { LogError } from "./LogError.ts"
import { recordOf } from "./record.ts"
import { reopenHead, type SignedCheckpoint, signHead, type SigningBench } from "./signHead.ts"

const checked = (
  verdict: Result.Result<void, TransparencyError>,
  reason: "RecordDiffersFromLog" | "TreeIsIncomplete"
): Effect.Effect<void, LogError> =>
  Effect.fromResult(Result.mapError(verdict, ({ message }) => new LogError({ reason, detail: message })))

const proveUnder = Effect.fnUntraced(function*(bench: SigningBench, id: TransferId, head: SignedCheckpoint) {
  const { hashes, salt, transfer } = yield* bench.log.inclusion(id, head.size)
  const extra = recordOf(transfer, salt)
  const index = transfer.sequence - 1n
  yield* checked(verifyInclusion({ leaf: leafHash(extra), index, hashes, head }), "RecordDiffersFromLog")
  return { transfer, file: { extra, index, hashes, checkpoint: head.note } }
})

/** See `LedgerProofs.prove`. */
export const proveTransfer = (
  bench: SigningBench,
  id: TransferId
): Effect.Effect<TransferProof, LogError | StorageError> => {
  const underNewHead = Effect.flatMap(signHead(bench), (head) => proveUnder(bench, id, head))
  return Effect.flatMap(bench.log.lastSignedHead, (last) =>
    Option.isNone(last)
      ? underNewHead
      : Effect.flatMap(reopenHead(bench, last.value), (head) => proveUnder(bench, id, head)).pipe(
        Effect.catchTag(
          "LogError",
          (error) => error.reason === "TransferBeyondSize" ? underNewHead : Effect.fail(error)
        )
      ))
}

/** See `LedgerProofs.grow`. */
export const proveGrowth = (
  bench: SigningBench,
  from: bigint
): Effect.Effect<ConsistencyFile, LogError | StorageError> =>
  Effect.gen(function*() {
    const head = yield* signHead(bench)
    const hashes = yield* bench.log.consistency(from, head.size)
    const root = yield* bench.log.root(from)
    yield* checked(verifyConsistency({ from: { size: from, root }, to: head, hashes }), "TreeIsIncomplete")
    return { from, hashes, checkpoint: head.note }
  })
