/** Gathers Banano: keys, addresses, blocks and work, and the client of a node. */
export {
  addressOf,
  type AddressReason,
  AddressRefused,
  type BananoAddress,
  burnAddress,
  parseAddress,
  publicKeyOf
} from "./crypto/Address.ts"
export {
  type AmountReason,
  AmountRefused,
  minorOfRaw,
  parseBan,
  printBan,
  rawMost,
  rawOfMinor,
  rawPerBan
} from "./crypto/amount.ts"
export { Signature } from "./crypto/ed25519.ts"
export { BlockHash, noBlock } from "./crypto/hash.ts"
export { type SeedReason, SeedRefused, Signer, signerOf } from "./crypto/Signer.ts"
export {
  type Frontier,
  hashOf,
  isAuthentic,
  receiveBlock,
  rootOf,
  sendBlock,
  signBlock,
  type SignedBlock,
  type StateBlock,
  type Subtype,
  unopened
} from "./crypto/StateBlock.ts"
export { isWorkEnough, Work, workThreshold, workValue } from "./crypto/work.ts"
export {
  type BananoError,
  BananoMalformed,
  BananoRefused,
  BananoStatus,
  BananoUnreachable,
  type RefusalReason
} from "./node/BananoError.ts"
export {
  type AccountBalance,
  type AccountInfo,
  BananoNode,
  type BlockInfo,
  type NodeHealth,
  type ReceivableBlock
} from "./node/BananoNode.ts"
export type { NodeOptions } from "./node/NodeOptions.ts"
export { type Publication, publicationOf } from "./node/Publication.ts"
export { openSeed, resealSeed, type SealingKey, type SealReason, SealRefused, sealSeed } from "./seed/SealedSeed.ts"
export { BananoWork } from "./work/BananoWork.ts"
export { makeWorkSearch, WorkFailed, type WorkSearch } from "./work/WorkSearch.ts"
