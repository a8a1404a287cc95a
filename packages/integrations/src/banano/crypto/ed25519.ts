/** Signs with Ed25519 whose hash is Blake2b-512, as Nano and Banano do: plain Ed25519 gives other keys. */
import { eddsa } from "@noble/curves/abstract/edwards.js"
import { ed25519 } from "@noble/curves/ed25519.js"
import { hexToBytes } from "@noble/curves/utils.js"
import { blake2b } from "@noble/hashes/blake2.js"
import * as Schema from "effect/Schema"
import { type BlockHash, hashFrom, printHex } from "./hash.ts"

/** A signature in 128 upper-case hex digits. */
export const Signature = Schema.String.check(Schema.isPattern(/^[0-9A-F]{128}$/u)).pipe(Schema.brand("BananoSignature"))
/** A signature as it was read. */
export type Signature = typeof Signature.Type

/** RFC 8032 §5.1.5: the lowest three bits and the highest are cleared, the second highest is set. */
const adjustScalarBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const scalar = Uint8Array.from(bytes)
  scalar[0]! &= 0b1111_1000
  scalar[31]! &= 0b0111_1111
  scalar[31]! |= 0b0100_0000
  return scalar
}

const curve = eddsa(ed25519.Point, blake2b, { adjustScalarBytes })

/** The public key of a private key of 32 bytes. */
export const publicKeyFrom = (privateKey: Uint8Array): BlockHash => hashFrom(curve.getPublicKey(privateKey))

/** Signs a hash. The same hash has the same signature each time. */
export const signHash = (hash: BlockHash, privateKey: Uint8Array): Signature =>
  printHex(curve.sign(hexToBytes(hash), privateKey)) as Signature

/** Whether the key's owner signed the hash; false where the key is no point of the curve. */
export const isSignedBy = (publicKey: BlockHash, hash: BlockHash, signature: Signature): boolean =>
  curve.verify(hexToBytes(signature), hexToBytes(hash), hexToBytes(publicKey))
