/** Reads and makes Monero addresses. */
import * as Data from "effect/Data"

/** The three networks. A regtest uses the addresses of mainnet. */
export type MoneroNetwork = "mainnet" | "testnet" | "stagenet"

/** What an address is made of. `id8` is there on integrated ones and may be all zero there, which no ticket is. */
export interface DecodedAddress {
  readonly kind: "primary" | "subaddress" | "integrated"
  readonly network: MoneroNetwork
  readonly spendKey: Uint8Array
  readonly viewKey: Uint8Array
  readonly id8?: string
}

/** Why a text is not an address, or not one of the kind that is needed. */
export class AddressMalformed extends Data.TaggedError("AddressMalformed")<{
  readonly why: "characters" | "length" | "overflow" | "checksum" | "tag" | "not_primary" | "not_on_curve"
}> {}
