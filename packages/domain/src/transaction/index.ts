/** Gathers the transaction port, and the failure and the bounds that every store shares. */
export { bounded } from "./bounded.ts"
export { StorageError, type StorageFailure } from "./StorageError.ts"
export { Transaction } from "./Transaction.ts"
