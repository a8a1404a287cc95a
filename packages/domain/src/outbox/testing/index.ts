/** Gathers test material for the outbox. */
export { layerMemory } from "./OutboxMemory.ts"
