/** Gathers the transaction port and the failure that every store shares. */
export { StorageError, type StorageFailure } from "./StorageError.ts"
export { Transaction } from "./Transaction.ts"
