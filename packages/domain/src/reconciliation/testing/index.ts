/** Gathers test material for reconciliation. */
export { layerMemory } from "./ReconciliationStoreMemory.ts"
