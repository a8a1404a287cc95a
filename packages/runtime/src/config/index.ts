/** Gathers the settings of a process. */
export type { RewardsSettings } from "../rewards/RewardsSettings.ts"
export { loadSettings } from "./loadSettings.ts"
export { type Settings, SettingsRefused } from "./Settings.ts"
export type { Environment, Variable } from "./Variable.ts"
export { sections } from "./variables.ts"
