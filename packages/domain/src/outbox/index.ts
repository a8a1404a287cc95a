/** Gathers the outbox. */
export * from "./Outbox.ts"
