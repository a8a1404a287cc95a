/** Gathers test material for payouts. */
export { payoutOf, receiveOf, sendOf } from "./examples.ts"
export { type Debt, OwingModel } from "./OwingModel.ts"
export { layerMemory } from "./PayoutStoreMemory.ts"
export { type Fate, RailModel } from "./RailModel.ts"
