/** Hashes transfers into the leaves of the log. */
import { type LogSalt, type RecordedTransfer, recordText } from "@purser/domain/ledger"
import type { HashFunction } from "@purser/domain/transparency"
import { hash } from "node:crypto"

/** SHA-256 by Node's one-shot hash, half as dear as others for so little. */
export const sha256: HashFunction = (bytes) => hash("sha256", bytes, "buffer")

/** The leaf of a transfer in hex: `leafHash` of its record. */
export const leafOf = (transfer: RecordedTransfer, salt: LogSalt): string =>
  hash("sha256", `\0${recordText(transfer, salt)}`, "hex")

/** The salt of a row. */
export const saltOf = (stored: Uint8Array | null): LogSalt =>
  (stored === null ? "" : Buffer.from(stored).toString("hex")) as LogSalt
