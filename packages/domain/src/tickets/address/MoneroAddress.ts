/** Reads and makes Monero addresses: tag, spend key, view key, the id of integrated ones, and 4 bytes of Keccak-256. */
import { keccak_256 } from "@noble/hashes/sha3.js"
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import type { Id8 } from "../Ticket.ts"
import { type Base58Failure, decode as decodeBase58, encode as encodeBase58 } from "./base58.ts"

/** The three networks. A regtest uses the addresses of mainnet. */
export type MoneroNetwork = "mainnet" | "testnet" | "stagenet"

/** What an address is for: `primary` is the wallet's own, the others are made from it. */
export type AddressKind = "primary" | "subaddress" | "integrated"

/** What an address is made of. `id8` is there on integrated ones; it may be all zero there, which no ticket is. */
export interface DecodedAddress {
  readonly kind: AddressKind
  readonly network: MoneroNetwork
  readonly spendKey: Uint8Array
  readonly viewKey: Uint8Array
  readonly id8?: string
}

/** Why a text is not an address, or not one of the kind that is needed. */
export class AddressMalformed extends Data.TaggedError("AddressMalformed")<{
  readonly why: Base58Failure | "checksum" | "tag" | "not_primary"
}> {
  override get message(): string {
    return `not a usable Monero address: ${this.why}`
  }
}

/** First byte by network, as in `cryptonote_config.h` of Monero. */
const tags: Readonly<Record<MoneroNetwork, Readonly<Record<AddressKind, number>>>> = {
  mainnet: { primary: 18, integrated: 19, subaddress: 42 },
  testnet: { primary: 53, integrated: 54, subaddress: 63 },
  stagenet: { primary: 24, integrated: 25, subaddress: 36 }
}
const meanings = new Map(
  (Object.keys(tags) as Array<MoneroNetwork>).flatMap((network) =>
    (Object.keys(tags[network]) as Array<AddressKind>).map((kind) => [tags[network][kind], { network, kind }] as const)
  )
)

const checksumBytes = 4
const keyBytes = 32
const plainBytes = 1 + 2 * keyBytes
const idBytes = 8

const checksum = (body: Uint8Array): Uint8Array => keccak_256(body).subarray(0, checksumBytes)

const malformed = (why: AddressMalformed["why"]): Result.Result<never, AddressMalformed> =>
  Result.fail(new AddressMalformed({ why }))

const takeApart = (body: Uint8Array): Result.Result<DecodedAddress, AddressMalformed> => {
  const meaning = meanings.get(body[0]!)
  if (meaning === undefined) return malformed("tag")
  if (body.length !== plainBytes + (meaning.kind === "integrated" ? idBytes : 0)) return malformed("length")
  return Result.succeed({
    ...meaning,
    spendKey: body.slice(1, 1 + keyBytes),
    viewKey: body.slice(1 + keyBytes, plainBytes),
    ...(meaning.kind === "integrated" ? { id8: bytesToHex(body.subarray(plainBytes)) } : {})
  })
}

/** Reads an address of any kind and network. Does not prove that its keys are points of the curve. */
export const decode = (text: string): Result.Result<DecodedAddress, AddressMalformed> => {
  if (text.length > 106) return malformed("length")
  const decoded = decodeBase58(text)
  if (Result.isFailure(decoded)) return malformed(decoded.failure)
  const body = decoded.success.subarray(0, -checksumBytes)
  if (body.length < plainBytes) return malformed("length")
  const isIntact = bytesToHex(checksum(body)) === bytesToHex(decoded.success.subarray(-checksumBytes))
  return isIntact ? takeApart(body) : malformed("checksum")
}

/** Prints an address; the inverse of `decode`. */
export const encode = ({ id8 = "", kind, network, spendKey, viewKey }: DecodedAddress): string => {
  const body = concatBytes(Uint8Array.of(tags[network][kind]), spendKey, viewKey, hexToBytes(id8))
  return encodeBase58(concatBytes(body, checksum(body)))
}

/** The integrated address of that id. Refuses all but a primary address: wallets do, too. */
export const integrated = (primaryAddress: string, id8: Id8): Result.Result<string, AddressMalformed> =>
  Result.flatMap(decode(primaryAddress), (decoded) =>
    decoded.kind === "primary"
      ? Result.succeed(encode({ ...decoded, kind: "integrated", id8 }))
      : malformed("not_primary"))

export { paymentUri, type PaymentUriParts } from "./PaymentUri.ts"
