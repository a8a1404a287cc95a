/** Gathers rewards for play: models and rules. */
export * from "./Accrual.ts"
export * as AccrualPostings from "./AccrualPostings.ts"
export * as AccrualRules from "./AccrualRules.ts"
export * as CapRules from "./CapRules.ts"
export * as EligibilityRules from "./EligibilityRules.ts"
export * as SettlementRules from "./SettlementRules.ts"
export * from "./Wallet.ts"
export * as WalletRules from "./WalletRules.ts"
