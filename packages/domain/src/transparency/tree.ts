/** Says which nodes of a Merkle tree a root or a proof is made of, before any of them is read. */
import * as Result from "effect/Result"
import { emptyRoot, type Hash, type HashFunction, nodeHash } from "./hash.ts"
import { TransparencyError } from "./TransparencyError.ts"

/** A complete subtree: the leaves from `index` × 2^`level` on, 2^`level` of them. Its hash never changes. */
export interface Node {
  readonly level: number
  readonly index: bigint
}

/**
 * Hashes to be found, in the order of the proof. Each is made of complete subtrees that lie side by side, largest first:
 * mostly of one, at the ragged right edge of the tree of several.
 */
export type Plan = ReadonlyArray<ReadonlyArray<Node>>

/** Leaves from the first up to but not with the last. */
interface Span {
  readonly first: bigint
  readonly last: bigint
}

/** The largest power of two below `leaves`, which is 2 or more: where RFC 9162 splits a tree. */
const splitOf = (leaves: bigint): bigint => 1n << BigInt((leaves - 1n).toString(2).length - 1)

const levelOf = (powerOfTwo: bigint): number => powerOfTwo.toString(2).length - 1

/** Complete subtrees that cover the span, which starts where a subtree of its size can start. */
const covering = ({ first, last }: Span): ReadonlyArray<Node> => {
  const nodes: Array<Node> = []
  for (let from = first; from < last;) {
    const level = levelOf(last - from)
    nodes.push({ level, index: from >> BigInt(level) })
    from += 1n << BigInt(level)
  }
  return nodes
}

/** What the root of the first `size` leaves is made of. */
export const planRoot = (size: bigint): Plan => [covering({ first: 0n, last: size })]

/** PATH of RFC 9162 §2.1.3.1: what leads from leaf `index` to the root of the first `size` leaves, which hold it. */
export const planInclusion = (index: bigint, size: bigint): Plan => {
  const path: Array<ReadonlyArray<Node>> = []
  let [first, last] = [0n, size]
  while (last - first > 1n) {
    const middle = first + splitOf(last - first)
    if (index < middle) {
      path.push(covering({ first: middle, last }))
      last = middle
    } else {
      path.push(covering({ first, last: middle }))
      first = middle
    }
  }
  return path.toReversed()
}

/** PROOF of RFC 9162 §2.1.4.1: what shows that `to` leaves begin with the first `from`, 1 to `to` of them. */
export const planConsistency = (from: bigint, to: bigint): Plan => {
  const path: Array<ReadonlyArray<Node>> = []
  let [first, last] = [0n, to]
  while (from < last) {
    const middle = first + splitOf(last - first)
    if (from <= middle) {
      path.push(covering({ first: middle, last }))
      last = middle
    } else {
      path.push(covering({ first, last: middle }))
      first = middle
    }
  }
  if (first > 0n) path.push(covering({ first, last }))
  return path.toReversed()
}

const missing = ({ index, level }: Node) =>
  Result.fail(new TransparencyError({ reason: "NodeMissing", detail: `level ${level}, index ${index}` }))

const joined = (
  nodes: ReadonlyArray<Node>,
  read: (node: Node) => Hash | undefined,
  hash: HashFunction | undefined
): Result.Result<Hash, TransparencyError> => {
  let right: Hash | undefined
  for (const node of nodes.toReversed()) {
    const found = read(node)
    if (found === undefined) return missing(node)
    right = right === undefined ? found : nodeHash(found, right, hash)
  }
  return Result.succeed(right ?? emptyRoot())
}

/** The hashes of a plan. Refuses with `NodeMissing` when `read` does not have one. */
export const hashesOf = (
  plan: Plan,
  read: (node: Node) => Hash | undefined,
  hash?: HashFunction
): Result.Result<ReadonlyArray<Hash>, TransparencyError> => {
  const hashes: Array<Hash> = []
  for (const nodes of plan) {
    const found = joined(nodes, read, hash)
    if (Result.isFailure(found)) return Result.fail(found.failure)
    hashes.push(found.success)
  }
  return Result.succeed(hashes)
}
