/** Gathers what tests of the ledger need: a store in memory. */
export { layerMemory } from "./LedgerStoreMemory.ts"
