/** Checks proofs against roots, with nothing else at hand. */
import * as Result from "effect/Result"
import { type Hash, hashBytes, nodeHash } from "./hash.ts"
import { TransparencyError, type TransparencyReason } from "./TransparencyError.ts"

/** A tree of so many leaves. */
export interface TreeHead {
  readonly size: bigint
  readonly root: Hash
}

type Verdict = Result.Result<void, TransparencyError>

const refused = (reason: TransparencyReason, detail?: string): Result.Result<never, TransparencyError> =>
  Result.fail(new TransparencyError({ reason, ...(detail === undefined ? {} : { detail }) }))

/** Whether two hashes are the same. They are public: no need for constant time. */
export const sameHash = (left: Hash, right: Hash): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

const allHashes = (hashes: ReadonlyArray<Hash>): boolean => hashes.every(({ length }) => length === hashBytes)

const trailingZeros = (value: bigint): bigint => {
  let zeros = 0n
  for (let rest = value; rest !== 0n && (rest & 1n) === 0n; rest >>= 1n) zeros += 1n
  return zeros
}

/** What a leaf and its proof are said to be. */
export interface InclusionClaim {
  readonly leaf: Hash
  readonly index: bigint
  readonly hashes: ReadonlyArray<Hash>
  readonly head: TreeHead
}

/**
 * Checks that the leaf is at that index of the tree, after RFC 9162 §2.1.3.2. Refuses with `HashMustHave32Bytes`,
 * `IndexOutsideTree`, `ProofHasWrongLength` or `RootDiffers`.
 */
export const verifyInclusion = ({ hashes, head, index, leaf }: InclusionClaim): Verdict => {
  if (!allHashes([leaf, head.root, ...hashes])) return refused("HashMustHave32Bytes")
  if (index < 0n || index >= head.size) return refused("IndexOutsideTree", `${index} of ${head.size}`)
  let [place, last, root] = [index, head.size - 1n, leaf]
  for (const sibling of hashes) {
    if (last === 0n) return refused("ProofHasWrongLength")
    if ((place & 1n) === 1n || place === last) {
      root = nodeHash(sibling, root)
      // A right edge without a sibling goes up by itself.
      const lone = trailingZeros(place)
      place >>= lone
      last >>= lone
    } else root = nodeHash(root, sibling)
    place >>= 1n
    last >>= 1n
  }
  if (last !== 0n) return refused("ProofHasWrongLength")
  return sameHash(root, head.root) ? Result.void : refused("RootDiffers")
}

/** What two heads of one log and the proof between them are said to be. */
export interface ConsistencyClaim {
  readonly from: TreeHead
  readonly to: TreeHead
  readonly hashes: ReadonlyArray<Hash>
}

const verifyGrowth = ({ from, hashes, to }: ConsistencyClaim): Verdict => {
  const [start, ...rest] = (from.size & (from.size - 1n)) === 0n ? [from.root, ...hashes] : hashes
  if (start === undefined) return refused("ProofHasWrongLength")
  const lone = trailingZeros(from.size)
  let [place, last] = [(from.size - 1n) >> lone, (to.size - 1n) >> lone]
  let [old, now] = [start, start]
  for (const sibling of rest) {
    if (last === 0n) return refused("ProofHasWrongLength")
    if ((place & 1n) === 1n || place === last) {
      old = nodeHash(sibling, old)
      now = nodeHash(sibling, now)
      const lone = trailingZeros(place)
      place >>= lone
      last >>= lone
    } else now = nodeHash(now, sibling)
    place >>= 1n
    last >>= 1n
  }
  if (last !== 0n) return refused("ProofHasWrongLength")
  if (!sameHash(old, from.root)) return refused("OldRootDiffers")
  return sameHash(now, to.root) ? Result.void : refused("RootDiffers")
}

/**
 * Checks that the newer tree begins with the older one, after RFC 9162 §2.1.4.2. Every tree begins with no leaves, so that
 * shows nothing and is refused: `ConsistencyFromNothing`. Further refusals: `HashMustHave32Bytes`, `SizesOutOfOrder`,
 * `ProofHasWrongLength`, `OldRootDiffers`, `RootDiffers`.
 */
export const verifyConsistency = (claim: ConsistencyClaim): Verdict => {
  const { from, hashes, to } = claim
  if (!allHashes([from.root, to.root, ...hashes])) return refused("HashMustHave32Bytes")
  if (from.size <= 0n) return refused("ConsistencyFromNothing")
  if (from.size > to.size) return refused("SizesOutOfOrder", `${from.size} to ${to.size}`)
  if (from.size < to.size) return verifyGrowth(claim)
  if (hashes.length > 0) return refused("ProofHasWrongLength")
  return sameHash(from.root, to.root) ? Result.void : refused("RootDiffers")
}
