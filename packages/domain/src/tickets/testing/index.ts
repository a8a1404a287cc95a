/** Gathers test material for tickets. */
export { layerMemory } from "./TicketStoreMemory.ts"
