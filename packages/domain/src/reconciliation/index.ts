/** Gathers reconciliation: rails, their reports, and the port that keeps them. */
export * as Rail from "./Rail.ts"
export * from "./ReconciliationStore.ts"
export * from "./Report.ts"
