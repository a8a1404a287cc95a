/** Follows the root of a tree that grows, in memory that does not. */
import { emptyRoot, type Hash, type HashFunction, nodeHash } from "./hash.ts"

/** The complete subtrees of a tree, largest first: at most 64 hashes, and enough to append to it. */
export class Frontier {
  readonly #hash: HashFunction | undefined
  readonly #peaks: Array<Hash> = []
  #size = 0n

  /** An empty tree. */
  constructor(hash?: HashFunction) {
    this.#hash = hash
  }

  /** How many leaves were appended. */
  get size(): bigint {
    return this.#size
  }

  /** Appends the hash of a leaf: one node hash on average. */
  append(leaf: Hash): void {
    let peak = leaf
    for (let rest = this.#size; (rest & 1n) === 1n; rest >>= 1n) peak = nodeHash(this.#peaks.pop()!, peak, this.#hash)
    this.#peaks.push(peak)
    this.#size += 1n
  }

  /** Root of the leaves so far. */
  root(): Hash {
    return this.#peaks.length === 0
      ? emptyRoot()
      : this.#peaks.reduceRight((right, left) => nodeHash(left, right, this.#hash))
  }
}
