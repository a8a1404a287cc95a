/** Reads and writes the words that all formats of the log share. */
import * as Base64 from "effect/encoding/Base64"
import * as Result from "effect/Result"
import { type Hash, hashBytes } from "./hash.ts"

/** The bytes, when the text is their one standard base64 form, with padding. */
export const parseBase64 = (text: string): Uint8Array | undefined => {
  const decoded = Base64.decode(text)
  return Result.isSuccess(decoded) && Base64.encode(decoded.success) === text ? decoded.success : undefined
}

/** Standard base64 with padding. */
export const printBase64 = (bytes: Uint8Array): string => Base64.encode(bytes)

/** The hash, when the text is 32 bytes in base64. */
export const parseHash = (text: string): Hash | undefined => {
  const bytes = parseBase64(text)
  return bytes?.length === hashBytes ? bytes : undefined
}

/** All hashes, one a line; undefined when a line is none. */
export const parseHashes = (lines: ReadonlyArray<string>): ReadonlyArray<Hash> | undefined => {
  const hashes = lines.map(parseHash)
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined
}

const largest = 2n ** 63n - 1n

/** The number, 0 to 2^63 - 1, in decimal without leading zeros. */
export const parseCount = (text: string): bigint | undefined => {
  if (!/^(?:0|[1-9]\d{0,18})$/u.test(text)) return undefined
  const count = BigInt(text)
  return count <= largest ? count : undefined
}
