/** Checks a proof of a transfer with the public key of the log alone. */
import * as Result from "effect/Result"
import {
  type Checkpoint,
  leafHash,
  openCheckpoint,
  parseInclusionFile,
  type TransparencyError,
  type VerifierKey,
  verifyInclusion
} from "../../transparency/index.ts"
import type { Transfer } from "../Transfer.ts"
import { parseRecord, RecordError } from "./record.ts"

/** What a proof shows: that the log under its checkpoint holds this transfer, word for word. */
export interface ProvenTransfer {
  readonly transfer: Transfer
  readonly checkpoint: Checkpoint
}

/**
 * Checks what `LedgerProofs.prove` wrote as a file. Refuses for the first thing that does not hold: the form of the file,
 * who signed its checkpoint, whether the record in it is in the tree, whether that is a transfer.
 */
export const checkTransferProof = (
  written: string,
  known: ReadonlyArray<VerifierKey>
): Result.Result<ProvenTransfer, TransparencyError | RecordError> =>
  Result.gen(function*() {
    const { checkpoint: note, extra, hashes, index } = yield* parseInclusionFile(written)
    const checkpoint = yield* openCheckpoint(note, known)
    if (extra === null) return yield* Result.fail(new RecordError({ reason: "RecordIsMissing" }))
    yield* verifyInclusion({ leaf: leafHash(extra), index, hashes, head: checkpoint })
    const { transfer } = yield* parseRecord(extra)
    return { transfer: { ...transfer, sequence: index + 1n }, checkpoint }
  })
