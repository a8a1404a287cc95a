/** Gathers the verifiable log as pure rules: hashing, proofs, signed heads and the formats that outsiders check. */
export { type Checkpoint, openCheckpoint, parseCheckpoint, printCheckpoint } from "./Checkpoint.ts"
export { Frontier } from "./Frontier.ts"
export { emptyRoot, type Hash, hashBytes, type HashFunction, leafHash, nodeHash } from "./hash.ts"
export {
  isKeyName,
  makeSigningKey,
  parseVerifierKey,
  printVerifierKey,
  type SigningKey,
  type VerifierKey
} from "./keys.ts"
export { type Note, type NoteSignature, parseNote, printNote, signNote, verifyNote } from "./Note.ts"
export { openGrowth, type ProvenGrowth } from "./openGrowth.ts"
export {
  type ConsistencyFile,
  type InclusionFile,
  parseConsistencyFile,
  parseInclusionFile,
  printConsistencyFile,
  printInclusionFile
} from "./proofFiles.ts"
export { parseHash, printBase64 } from "./text.ts"
export { nodesInTiles, type Tile, tilePath, tileRoot, tilesOf, tileWidth, widthOf } from "./tiles.ts"
export { TransparencyError, type TransparencyReason } from "./TransparencyError.ts"
export { hashesOf, type Node, type Plan, planConsistency, planInclusion, planRoot } from "./tree.ts"
export {
  type ConsistencyClaim,
  type InclusionClaim,
  sameHash,
  type TreeHead,
  verifyConsistency,
  verifyInclusion
} from "./verifyProof.ts"
