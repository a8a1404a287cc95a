/** Prints and reads addresses of Banano, the checksum included. */
import { hexToBytes, numberToBytesBE } from "@noble/curves/utils.js"
import type * as Brand from "effect/Brand"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import { isBase32, parseBase32, printBase32 } from "./base32.ts"
import { blake2bOf, type BlockHash, hashFrom } from "./hash.ts"

/** An address that was read or made here: `ban_`, 52 letters of key, 8 of checksum. */
export type BananoAddress = string & Brand.Brand<"BananoAddress">

/**
 * Why a text is no address, in order of precedence. None is cured by a retry; a typo is the likely cause of each.
 *
 * - `Prefix`: it does not begin with `ban_`, as one of Nano does not.
 * - `Length`: 64 characters are wanted.
 * - `Case`: there are capital letters.
 * - `Letter`: some character is none of the 32.
 * - `Key`: the letters hold more than 256 bits; the first one can be 1 or 3.
 * - `Checksum`: a letter is wrong, or two have changed places.
 */
export type AddressReason = "Prefix" | "Length" | "Case" | "Letter" | "Key" | "Checksum"

/** A text is no address. */
export class AddressRefused extends Data.TaggedError("AddressRefused")<{ readonly reason: AddressReason }> {
  override get message(): string {
    return `no Banano address: ${this.reason}`
  }
}

const prefix = "ban_"
const keyLetters = 52
const checksumLetters = 8

/** The address that nobody has the key of; what is sent there is lost. */
export const burnAddress = "ban_1burnbabyburndiscoinferno111111111111111111111111111aj49sw3w" as BananoAddress

const refuse = (reason: AddressReason) => Result.fail(new AddressRefused({ reason }))

const bitsOf = (bytes: Uint8Array): bigint => bytes.reduce((bits, byte) => bits << 8n | BigInt(byte), 0n)

const checksumOf = (publicKey: Uint8Array): string =>
  printBase32(bitsOf(blake2bOf(5, publicKey).toReversed()), checksumLetters)

/** The address of a public key of 64 hex digits. */
export const addressOf = (publicKey: BlockHash): BananoAddress => {
  const bytes = hexToBytes(publicKey)
  return `${prefix}${printBase32(bitsOf(bytes), keyLetters)}${checksumOf(bytes)}` as BananoAddress
}

/** The public key of an address that was read before. */
export const publicKeyOf = (address: BananoAddress): BlockHash =>
  hashFrom(numberToBytesBE(parseBase32(address.slice(prefix.length, prefix.length + keyLetters)), 32))

const formOf = (text: string): AddressReason | undefined => {
  if (!text.toLowerCase().startsWith(prefix)) return "Prefix"
  if (text.length !== prefix.length + keyLetters + checksumLetters) return "Length"
  if (text !== text.toLowerCase()) return "Case"
  return isBase32(text.slice(prefix.length)) ? undefined : "Letter"
}

/** Reads an address. Nothing is trimmed or put right. */
export const parseAddress = (text: string): Result.Result<BananoAddress, AddressRefused> => {
  const wrong = formOf(text)
  if (wrong !== undefined) return refuse(wrong)
  const key = parseBase32(text.slice(prefix.length, prefix.length + keyLetters))
  if (key >= 1n << 256n) return refuse("Key")
  return checksumOf(numberToBytesBE(key, 32)) === text.slice(-checksumLetters)
    ? Result.succeed(text as BananoAddress)
    : refuse("Checksum")
}
