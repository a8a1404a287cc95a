/** Gathers the faucet: the rewards program over players, payouts and risk. */
export * from "./FaucetFigures.ts"
export * from "./JobRuns.ts"
export * from "./PayoutConfig.ts"
