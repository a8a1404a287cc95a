/** Gathers the verifiable log as pure rules: hashing, proofs, signed heads and the formats that outsiders check. */
export { emptyRoot, type Hash, hashBytes, type HashFunction, leafHash, nodeHash } from "./hash.ts"
