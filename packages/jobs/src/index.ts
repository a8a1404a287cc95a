/** Gathers the jobs and what runs them. */
export * from "./engine/index.ts"
export {
  MonitorHealth,
  type MonitorHealthOptions,
  type MonitorReport,
  type MonitorState
} from "./monero/MonitorHealth.ts"
export * as ExpireHolds from "./upkeep/ExpireHolds.ts"
export * as PruneAnswers from "./upkeep/PruneAnswers.ts"
