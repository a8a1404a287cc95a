/** Confirms blocks and takes them back: pure. */
import type { BlockHash } from "../../crypto/hash.ts"
import type { Entry, LedgerState } from "./LedgerState.ts"

/** A block rests on the one before it, and on the send that it receives. */
const restsOn = ({ block }: Entry): ReadonlyArray<BlockHash> => [block.previous, block.link]

/** The hashes of a block and of all that it rests on. Blocks are in the order in which they came. */
const under = (state: LedgerState, hash: BlockHash): ReadonlySet<BlockHash> => {
  const found = new Set([hash])
  for (const entry of state.entries.toReversed()) {
    if (found.has(entry.hash)) { for (const below of restsOn(entry)) found.add(below) }
  }
  return found
}

/** Confirms a block and all that it rests on. */
export const confirm = (state: LedgerState, hash: BlockHash): LedgerState => {
  const settled = under(state, hash)
  return {
    ...state,
    entries: state.entries.map((entry) => settled.has(entry.hash) ? { ...entry, isConfirmed: true } : entry)
  }
}

/** Confirms what arrived at that time or before. */
export const confirmUntil = (state: LedgerState, atMillis: number): LedgerState => ({
  ...state,
  entries: state.entries.map((entry) => entry.arrivedAtMillis <= atMillis ? { ...entry, isConfirmed: true } : entry)
})

/** Takes back a block and all that rest on it. */
export const rollBack = (state: LedgerState, hash: BlockHash): LedgerState => {
  const gone = new Set([hash])
  for (const entry of state.entries) if (restsOn(entry).some((below) => gone.has(below))) gone.add(entry.hash)
  return { ...state, entries: state.entries.filter((entry) => !gone.has(entry.hash)) }
}
