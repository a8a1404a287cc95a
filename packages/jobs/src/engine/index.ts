/** Gathers the engine: what runs once, what runs again and again, and on how many processes. */
export { type BackOff, defaultBackOff, sleepAfter, waitMillis } from "./backOff.ts"
export { ClusterUnavailable } from "./ClusterUnavailable.ts"
export { describeFailure } from "./describeFailure.ts"
export { type ClusterOptions, Engine, type SingleOptions } from "./Engine.ts"
export { Fencing, Stale, type Term } from "./Fencing.ts"
export { type Schedule, scheduled, type Singleton } from "./Singleton.ts"
export type { TermPhase, TermState } from "./TermState.ts"
