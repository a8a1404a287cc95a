/** Encodes bytes as Monero does: base58 over blocks of 8 bytes, each of a fixed number of characters. */
import * as Result from "effect/Result"

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
/** Characters of a block by its number of bytes; 0 to 8. */
const encodedSizes = [0, 2, 3, 5, 6, 7, 9, 10, 11] as const
const blockBytes = 8
const blockCharacters = 11

const encodeBlock = (block: Uint8Array): string => {
  let rest = block.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
  let text = ""
  for (let left = encodedSizes[block.length]!; left > 0; left--) {
    text = alphabet[Number(rest % 58n)]! + text
    rest /= 58n
  }
  return text
}

/** Why a text is not base58 of this kind: a foreign character, a length no bytes have, or a block over its bytes. */
export type Base58Failure = "characters" | "length" | "overflow"

const decodeBlock = (text: string): Result.Result<Uint8Array, Base58Failure> => {
  const size = encodedSizes.indexOf(text.length as (typeof encodedSizes)[number])
  if (size < 1) return Result.fail("length")
  let rest = [...text].reduce((number, character) => number * 58n + BigInt(alphabet.indexOf(character)), 0n)
  if (rest >= 1n << BigInt(8 * size)) return Result.fail("overflow")
  const bytes = new Uint8Array(size)
  for (let index = size - 1; index >= 0; index--) {
    bytes[index] = Number(rest & 255n)
    rest >>= 8n
  }
  return Result.succeed(bytes)
}

/** Encodes any number of bytes. */
export const encode = (bytes: Uint8Array): string => {
  let text = ""
  for (let from = 0; from < bytes.length; from += blockBytes) {
    text += encodeBlock(bytes.subarray(from, from + blockBytes))
  }
  return text
}

/** Decodes what `encode` gives and nothing else. */
export const decode = (text: string): Result.Result<Uint8Array, Base58Failure> => {
  if ([...text].some((character) => !alphabet.includes(character))) return Result.fail("characters")
  const bytes: Array<number> = []
  for (let from = 0; from < text.length; from += blockCharacters) {
    const block = decodeBlock(text.slice(from, from + blockCharacters))
    if (Result.isFailure(block)) return Result.fail(block.failure)
    bytes.push(...block.success)
  }
  return Result.succeed(Uint8Array.from(bytes))
}
