/** Gathers the ledger's verifiable log: what it records of a transfer. */
export {
  LogSalt,
  type ParsedRecord,
  parseRecord,
  type RecordedTransfer,
  RecordError,
  recordOf,
  recordText
} from "./record.ts"
