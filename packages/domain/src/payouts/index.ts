/** Gathers payouts: model, and the rules of their states, retries and spending. */
export * from "./OperatorBlock.ts"
export * from "./Payout.ts"
export * as PayoutPostings from "./PayoutPostings.ts"
export * from "./PayoutRail.ts"
export * as PayoutRules from "./PayoutRules.ts"
export * from "./PayoutStore.ts"
export * as RetryRules from "./RetryRules.ts"
export * as SpendRules from "./SpendRules.ts"
