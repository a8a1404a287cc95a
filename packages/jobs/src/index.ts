/** Gathers the jobs and what runs them. */
export * as BananoRail from "./banano/BananoRail.ts"
export * as PayBananoPayouts from "./banano/PayBananoPayouts.ts"
export { SignerHealth, type SignerReport, type SignerState } from "./banano/SignerHealth.ts"
export * from "./engine/index.ts"
export * as AccrueKills from "./faucet/AccrueKills.ts"
export { type Declared, isDue, runIfDue, runNow } from "./faucet/faucetJob.ts"
export * as FaucetJobs from "./faucet/FaucetJobs.ts"
export * as FaucetShown from "./faucet/figures.ts"
export { layerDirectory, layerStats } from "./faucet/providers.ts"
export * as PruneFaucet from "./faucet/PruneFaucet.ts"
export * as SettleDebts from "./faucet/SettleDebts.ts"
export * as VerifyPlayers from "./faucet/VerifyPlayers.ts"
export * as Jobs from "./Jobs.ts"
export { blocksALook, comparableHeight, firstToRead, hasBeenRead, lastToRead } from "./monero/look.ts"
export { type DaemonHeights, MoneroRail, type RailOptions } from "./monero/MoneroRail.ts"
export {
  MonitorHealth,
  type MonitorHealthOptions,
  type MonitorReport,
  type MonitorState
} from "./monero/MonitorHealth.ts"
export * as MonitorMonero from "./monero/MonitorMonero.ts"
export * as ExpireHolds from "./upkeep/ExpireHolds.ts"
export * as PruneAnswers from "./upkeep/PruneAnswers.ts"
export * as Reconcile from "./upkeep/Reconcile.ts"
