/** Gathers the state that in-memory stores share. */
export type { MemoryCell, MemoryTable } from "./journal.ts"
export { MemoryState } from "./MemoryState.ts"
