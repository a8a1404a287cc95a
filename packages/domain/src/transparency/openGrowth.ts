/** Checks with public keys alone that a log only grew from one signed checkpoint to another. */
import * as Result from "effect/Result"
import { type Checkpoint, openCheckpoint } from "./Checkpoint.ts"
import type { VerifierKey } from "./keys.ts"
import { parseConsistencyFile } from "./proofFiles.ts"
import { TransparencyError } from "./TransparencyError.ts"
import { verifyConsistency } from "./verifyProof.ts"

/** Two checkpoints of one log: the newer one begins with all that is under the older one. */
export interface ProvenGrowth {
  readonly from: Checkpoint
  readonly to: Checkpoint
}

/**
 * Holds a proof of growth, as a file, against the older signed checkpoint. Refuses as `parseConsistencyFile`,
 * `openCheckpoint` and `verifyConsistency` do, with `OriginDiffers` for two logs, and with `SizesOutOfOrder` when the proof
 * starts elsewhere.
 */
export const openGrowth = (
  files: { readonly older: string; readonly proof: string },
  known: ReadonlyArray<VerifierKey>
): Result.Result<ProvenGrowth, TransparencyError> =>
  Result.gen(function*() {
    const proof = yield* parseConsistencyFile(files.proof)
    const from = yield* openCheckpoint(files.older, known)
    const to = yield* openCheckpoint(proof.checkpoint, known)
    if (from.origin !== to.origin) {
      return yield* Result.fail(
        new TransparencyError({ reason: "OriginDiffers", detail: `${from.origin}, then ${to.origin}` })
      )
    }
    if (proof.from !== from.size) {
      return yield* Result.fail(
        new TransparencyError({ reason: "SizesOutOfOrder", detail: `proof from ${proof.from}, head of ${from.size}` })
      )
    }
    yield* verifyConsistency({ from, to, hashes: proof.hashes })
    return { from, to }
  })
