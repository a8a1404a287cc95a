/** Gathers test material for the faucet. */
export { faucetFiguresInMemory } from "./FaucetFiguresMemory.ts"
export { jobRunsInMemory } from "./JobRunsMemory.ts"
export { payoutConfigInMemory } from "./PayoutConfigMemory.ts"
