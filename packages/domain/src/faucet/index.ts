/** Gathers the faucet: the rewards program over players, payouts and risk. */
export * from "./Earning.ts"
export * from "./FaucetAdmin.ts"
export * from "./FaucetError.ts"
export * from "./FaucetFigures.ts"
export * from "./FaucetSettings.ts"
export * from "./JobRuns.ts"
export * from "./PayoutConfig.ts"
export * from "./Players.ts"
