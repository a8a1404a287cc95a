/** Gathers what limits callers. */
export * from "./Limits.ts"
export type { MissSettings } from "./Misses.ts"
export type { Quota } from "./Quotas.ts"
