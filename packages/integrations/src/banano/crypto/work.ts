/** Weighs work: the small proof of effort that every block carries. */
import { hexToBytes } from "@noble/curves/utils.js"
import * as Schema from "effect/Schema"
import { blake2bOf, type BlockHash } from "./hash.ts"

/** A nonce of 8 bytes in 16 lower-case hex digits, highest first. */
export const Work = Schema.String.check(Schema.isPattern(/^[0-9a-f]{16}$/u)).pipe(Schema.brand("BananoWork"))
/** Work as it was read. */
export type Work = typeof Work.Type

/** What Banano asks of every kind of block: about one nonce in 2^23 will do. */
export const workThreshold = 0xffff_fe00_0000_0000n

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((value, byte) => value << 8n | BigInt(byte), 0n)

/** What work is worth: Blake2b-64 over nonce and root, little-endian both ways. */
export const workValue = (root: BlockHash, work: Work): bigint =>
  littleEndian(blake2bOf(8, hexToBytes(work).toReversed(), hexToBytes(root)))

/** Whether work suffices. The root is the block before, or the account's public key for a first block. */
export const isWorkEnough = (root: BlockHash, work: Work, threshold = workThreshold): boolean =>
  workValue(root, work) >= threshold

/** A nonce as work. */
export const workFrom = (nonce: bigint): Work => nonce.toString(16).padStart(16, "0") as Work
