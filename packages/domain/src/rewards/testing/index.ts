/** Gathers test material for rewards. */
export { layerMemory } from "./layerMemory.ts"
export { accrualOf, type MadeAccrual, playerOf } from "./made.ts"
export { playersInMemory } from "./PlayerStoreMemory.ts"
