/** Gathers the ledger: models, rules, reasons, port and use cases. */
export * from "./Account.ts"
export * from "./LedgerError.ts"
export * from "./LedgerStore.ts"
export { AmountMinor, maximumMinor, Metadata } from "./model.ts"
export * from "./Transfer.ts"
