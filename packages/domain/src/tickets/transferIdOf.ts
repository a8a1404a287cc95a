/** Derives the identity of a posting from the payment that causes it. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { TransferId } from "../ledger/index.ts"

/** The same parts give the same id. */
export const transferIdOf = (...parts: ReadonlyArray<string>): TransferId => {
  const hex = bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))))
  return TransferId.make([0, 8, 12, 16, 20].map((from, index) => hex.slice(from, [8, 12, 16, 20, 32][index])).join("-"))
}
