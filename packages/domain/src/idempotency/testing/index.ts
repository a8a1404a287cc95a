/** Gathers test material for idempotency. */
export { layerMemory } from "./IdempotencyStoreMemory.ts"
