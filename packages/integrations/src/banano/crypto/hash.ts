/** Hashes with Blake2b and turns bytes into the hex digits of the network. */
import { blake2b } from "@noble/hashes/blake2.js"
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js"
import * as Schema from "effect/Schema"

/** A hash of 32 bytes in 64 upper-case hex digits, as nodes print it: of a block, or a public key. */
export const BlockHash = Schema.String.check(Schema.isPattern(/^[0-9A-F]{64}$/u)).pipe(Schema.brand("BananoBlockHash"))
/** A hash as it was read. */
export type BlockHash = typeof BlockHash.Type

/** What stands where there is no block: before the first one of an account. */
export const noBlock = "0".repeat(64) as BlockHash

/** Blake2b over the parts, one after another, of that many bytes. */
export const blake2bOf = (bytes: number, ...parts: ReadonlyArray<Uint8Array>): Uint8Array =>
  blake2b(concatBytes(...parts), { dkLen: bytes })

/** Bytes in upper-case hex digits. */
export const printHex = (bytes: Uint8Array): string => bytesToHex(bytes).toUpperCase()

/** 32 bytes as a hash. */
export const hashFrom = (bytes: Uint8Array): BlockHash => printHex(bytes) as BlockHash
