/** Gathers test material for rewards. */
export { accrualOf, type MadeAccrual, playerOf } from "./made.ts"
export { playersInMemory } from "./PlayerStoreMemory.ts"
export { walletsInMemory } from "./WalletStoreMemory.ts"
