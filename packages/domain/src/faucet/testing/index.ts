/** Gathers test material for the faucet. */
export { jobRunsInMemory } from "./JobRunsMemory.ts"
export { payoutConfigInMemory } from "./PayoutConfigMemory.ts"
