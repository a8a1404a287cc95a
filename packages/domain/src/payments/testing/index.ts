/** Gathers test material for payments. */
export { layerMemory } from "./PaymentStoreMemory.ts"
