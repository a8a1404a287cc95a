/** Reads and prints secrets of 32 bytes. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"

const hex32 = /^[0-9a-fA-F]{64}$/u

/** The 32 bytes that 64 hex digits of any case stand for; undefined for anything else. */
export const parseHex32 = (text: string): Uint8Array | undefined => hex32.test(text) ? hexToBytes(text) : undefined

/** Lower-case hex. */
export const printHex = (bytes: Uint8Array): string => bytesToHex(bytes)
