/** Gathers test material for payouts. */
export { payoutOf, receiveOf, sendOf } from "./examples.ts"
export { layerMemory } from "./PayoutStoreMemory.ts"
