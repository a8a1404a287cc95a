/** Gathers incoming payments: model, rules and port. */
export * from "./Payment.ts"
export * as PaymentRules from "./PaymentRules.ts"
export * from "./PaymentStore.ts"
export * from "./Scan.ts"
