/** Builds state blocks, hashes and signs them. */
import { hexToBytes, numberToBytesBE } from "@noble/curves/utils.js"
import { type BananoAddress, publicKeyOf } from "./Address.ts"
import { isSignedBy, type Signature } from "./ed25519.ts"
import { blake2bOf, type BlockHash, hashFrom, noBlock } from "./hash.ts"
import type { Signer } from "./Signer.ts"
import type { Work } from "./work.ts"

/** One step of an account. */
export interface StateBlock {
  readonly account: BananoAddress
  /** The block before; zeros for a first one. */
  readonly previous: BlockHash
  readonly representative: BananoAddress
  /** What the account has after the block. */
  readonly balanceRaw: bigint
  /** The receiver's public key, the hash of the send that is received, or zeros. */
  readonly link: BlockHash
}

/** A block that can be published, and published again: the same bytes each time. */
export interface SignedBlock extends StateBlock {
  readonly hash: BlockHash
  readonly signature: Signature
  readonly work: Work
}

/** Where an account stands. All of it has to come from one answer of a node. */
export interface Frontier {
  readonly account: BananoAddress
  readonly frontier: BlockHash
  readonly representative: BananoAddress
  readonly balanceRaw: bigint
}

/** What a block does, as `process` calls it. */
export type Subtype = "send" | "receive" | "open" | "change"

const preamble = Uint8Array.from({ length: 32 }, (_, index) => index === 31 ? 6 : 0)

/** Blake2b-256 over the preamble and the five fields. */
export const hashOf = (block: StateBlock): BlockHash =>
  hashFrom(blake2bOf(
    32,
    preamble,
    hexToBytes(publicKeyOf(block.account)),
    hexToBytes(block.previous),
    hexToBytes(publicKeyOf(block.representative)),
    numberToBytesBE(block.balanceRaw, 16),
    hexToBytes(block.link)
  ))

/** What the work of a block is found for. It is known before the block is. */
export const rootOf = ({ account, previous }: Pick<StateBlock, "account" | "previous">): BlockHash =>
  previous === noBlock ? publicKeyOf(account) : previous

/** Sends an amount, which is above 0 and within the balance; undefined where it is not. */
export const sendBlock = (from: Frontier, to: BananoAddress, amountRaw: bigint): StateBlock | undefined =>
  amountRaw <= 0n || amountRaw > from.balanceRaw ? undefined : {
    account: from.account,
    previous: from.frontier,
    representative: from.representative,
    balanceRaw: from.balanceRaw - amountRaw,
    link: publicKeyOf(to)
  }

/** Receives what a block sent. */
export const receiveBlock = (
  from: Frontier,
  sent: { readonly hash: BlockHash; readonly amountRaw: bigint }
): StateBlock => ({
  account: from.account,
  previous: from.frontier,
  representative: from.representative,
  balanceRaw: from.balanceRaw + sent.amountRaw,
  link: sent.hash
})

/** Where an account stands that has no block yet. */
export const unopened = (account: BananoAddress, representative: BananoAddress): Frontier => ({
  account,
  frontier: noBlock,
  representative,
  balanceRaw: 0n
})

/** Signs a block and adds its work. The signer is the block's account; undefined where it is another. */
export const signBlock = (block: StateBlock, signer: Signer, work: Work): SignedBlock | undefined => {
  if (signer.address !== block.account) return undefined
  const hash = hashOf(block)
  return { ...block, hash, signature: signer.sign(hash), work }
}

/** Whether the account signed the block, and the hash is its own. */
export const isAuthentic = (block: SignedBlock): boolean =>
  block.hash === hashOf(block) && isSignedBy(publicKeyOf(block.account), block.hash, block.signature)
