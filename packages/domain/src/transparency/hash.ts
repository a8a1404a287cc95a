/** Hashes leaves and nodes of a Merkle tree as RFC 9162 §2.1.1 says. */
import { sha256 } from "@noble/hashes/sha2.js"

/** SHA-256 of some bytes: always 32 bytes, as RFC 9162 and C2SP logs have it. */
export type Hash = Uint8Array
/** Computes SHA-256. Node's one-shot `crypto.hash` is half as dear as the default where many are needed. */
export type HashFunction = (bytes: Uint8Array) => Hash

/** Bytes of a hash. */
export const hashBytes = 32

/** Head of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0))

/** Hash of a leaf: SHA-256(0x00 ‖ data). The prefix keeps a leaf from passing for a node. */
export const leafHash = (data: Uint8Array, hash: HashFunction = sha256): Hash => {
  const input = new Uint8Array(data.length + 1)
  input.set(data, 1)
  return hash(input)
}

/** Hash of a node over its two children: SHA-256(0x01 ‖ left ‖ right). Both must be hashes. */
export const nodeHash = (left: Hash, right: Hash, hash: HashFunction = sha256): Hash => {
  const input = new Uint8Array(1 + 2 * hashBytes)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + hashBytes)
  return hash(input)
}
