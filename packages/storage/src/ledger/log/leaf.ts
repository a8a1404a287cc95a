/** Hashes transfers into the leaves of the log. */
import { type LogSalt, type RecordedTransfer, recordText } from "@purser/domain/ledger"
import { hash } from "node:crypto"

/** The leaf of a transfer in hex: `leafHash` of its record, by Node's one-shot hash, which takes the text as it is. */
export const leafOf = (transfer: RecordedTransfer, salt: LogSalt): string =>
  hash("sha256", `\0${recordText(transfer, salt)}`, "hex")
