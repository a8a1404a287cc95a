/** Gathers the ledger's verifiable log: what it records of a transfer, the port that keeps it, heads and proofs. */
export {
  type ArchivedAccount,
  type ArchiveTotals,
  printAccount,
  printBeginning,
  printEnd,
  printHead,
  printTransfer,
  transfersPerHead
} from "./archiveLines.ts"
export { ArchiveReader, type ArchiveStep, type ConfirmedTransfers } from "./ArchiveReader.ts"
export { checkTransferProof, type ProvenTransfer } from "./checkProof.ts"
export { ArchiveError, type ArchiveReason, type Imported, LedgerArchive } from "./LedgerArchive.ts"
export { type Inclusion, LedgerLog, type SignedHead } from "./LedgerLog.ts"
export { LedgerProofs, type TransferProof } from "./LedgerProofs.ts"
export { LogError } from "./LogError.ts"
export { LogKeys } from "./LogKeys.ts"
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
export type { SignedCheckpoint } from "./signHead.ts"
