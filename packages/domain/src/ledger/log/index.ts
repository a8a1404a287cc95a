/** Gathers the ledger's verifiable log: what it records of a transfer, and the port that proves it. */
export { type Inclusion, LedgerLog, type SignedHead } from "./LedgerLog.ts"
export { LogError } from "./LogError.ts"
export { LogSalts } from "./LogSalts.ts"
export {
  LogSalt,
  type ParsedRecord,
  parseRecord,
  type RecordedTransfer,
  RecordError,
  recordOf,
  recordText
} from "./record.ts"
