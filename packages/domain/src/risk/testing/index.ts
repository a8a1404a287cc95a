/** Gathers test material for signs of abuse. */
export { reviewOf, signalOf } from "./examples.ts"
export { layerMemory } from "./RiskStoreMemory.ts"
