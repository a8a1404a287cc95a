/** Gathers Monero addresses and the links made of them. */
export * as MoneroAddress from "./MoneroAddress.ts"
export type { AddressMalformed, MoneroNetwork } from "./MoneroAddress.ts"
