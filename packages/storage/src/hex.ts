/** Turns hashes and ids from hex into the bytes that are stored, and back. */

/** The bytes of an even number of hex digits; shorter than asked for where a digit is none, which the tables refuse. */
export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, "hex")

/** Lower-case hex. */
export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")
