/** Gathers the idempotency store. */
export * from "./IdempotencyStore.ts"
