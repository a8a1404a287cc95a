/** Writes and reads the heads that a log signs, as c2sp.org/tlog-checkpoint says. */
import * as Result from "effect/Result"
import type { Hash } from "./hash.ts"
import type { VerifierKey } from "./keys.ts"
import { parseNote, verifyNote } from "./Note.ts"
import { parseCount, parseHash, printBase64 } from "./text.ts"
import { TransparencyError, type TransparencyReason } from "./TransparencyError.ts"

/** What a log says of itself at one size. `origin` is its name for good, such as `example.com/books`. */
export interface Checkpoint {
  readonly origin: string
  readonly size: bigint
  readonly root: Hash
}

const refused = (reason: TransparencyReason, detail: string) => Result.fail(new TransparencyError({ reason, detail }))

/** The text that is signed: three lines, each with its newline. */
export const printCheckpoint = ({ origin, root, size }: Checkpoint): string =>
  `${origin}\n${size}\n${printBase64(root)}\n`

/** Reads the text of a note as a checkpoint. Lines after the third are extensions and are ignored. Refuses with `TextIsNoCheckpoint`. */
export const parseCheckpoint = (text: string): Result.Result<Checkpoint, TransparencyError> => {
  const [origin = "", count = "", encoded = "", ...rest] = text.split("\n")
  const size = parseCount(count)
  const root = parseHash(encoded)
  // The last newline leaves one empty line behind, and no other is allowed.
  if (origin === "" || size === undefined || root === undefined || rest.indexOf("") !== Math.max(0, rest.length - 1)) {
    return refused("TextIsNoCheckpoint", "expected an origin, a size and a root")
  }
  return Result.succeed({ origin, size, root })
}

/**
 * Opens a signed checkpoint: one of the known keys signed it, and has the name of the log. Refuses with `TextIsNoNote`,
 * `SignatureInvalid`, `NotSignedByKnownKey`, `TextIsNoCheckpoint` or `OriginDiffers`.
 */
export const openCheckpoint = (
  written: string,
  known: ReadonlyArray<VerifierKey>
): Result.Result<Checkpoint, TransparencyError> =>
  Result.flatMap(
    parseNote(written),
    (note) =>
      Result.flatMap(verifyNote(note, known), (signers) =>
        Result.flatMap(parseCheckpoint(note.text), (checkpoint) =>
          signers.some(({ name }) =>
              name === checkpoint.origin
            )
            ? Result.succeed(checkpoint)
            : refused("OriginDiffers", `${checkpoint.origin} is not the name of its key`)))
  )
