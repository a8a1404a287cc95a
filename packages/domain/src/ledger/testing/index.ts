/** Gathers what tests of the ledger need: the reference model in memory, histories to play on any store, and what it then holds. */
export {
  histories,
  type History,
  historyAccounts,
  historyOf,
  type HistoryOptions,
  type HistoryStep
} from "./History.ts"
export { layerLedger } from "./layerLedger.ts"
export { layerMemory } from "./LedgerStoreMemory.ts"
export { type HistoryAnswer, play, type Snapshot, snapshot } from "./play.ts"
export { refusalBooks, refusedAtMillis } from "./refusalBooks.ts"
export { refusalLadders, type RefusedSet } from "./refusals.ts"
export type { Fault, Place, Process } from "./simulation/Place.ts"
export { placeInMemory } from "./simulation/placeInMemory.ts"
export { regressions } from "./simulation/regressions.ts"
export { shrink } from "./simulation/shrink.ts"
export { type Course, simulate, type Verdict } from "./simulation/simulate.ts"
export { at } from "./standingClock.ts"
