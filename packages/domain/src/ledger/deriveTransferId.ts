/** Derives the identity of a transfer from what causes it. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js"
import { TransferId } from "./Transfer.ts"

const lengthPrefixed = (part: string): Uint8Array => {
  const bytes = utf8ToBytes(part)
  const prefix = new Uint8Array(4)
  new DataView(prefix.buffer).setUint32(0, bytes.length)
  return concatBytes(prefix, bytes)
}

/**
 * The same parts give the same id: SHA-256 over the parts, each behind its length in 4 bytes, cut to 128 bits and marked
 * as a version-8 UUID (RFC 9562 §5.8). Parts are well-formed Unicode: halves of surrogate pairs are all taken for one.
 */
export const deriveTransferId = (...parts: ReadonlyArray<string>): TransferId => {
  const bytes = sha256(concatBytes(...parts.map(lengthPrefixed))).slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytesToHex(bytes)
  return TransferId.make(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
  )
}
