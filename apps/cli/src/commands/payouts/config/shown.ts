/** Shows the rate and the limits to programs, in the words of the HTTP API, and to people. */
import type { PayoutConfig, VersionedConfig } from "@purser/domain/faucet"
import { ban } from "../../../faucet/shown.ts"

/** The config as every `--json` shows it. */
export const configJson = ({ config, version }: VersionedConfig) => ({
  version,
  config: {
    ban_per_kill: ban(config.rateMinor),
    caps: { unit: config.caps.unit, per_day: config.caps.perDay, per_week: config.caps.perWeek },
    batch_size: config.batchSize,
    floor_ban: ban(config.floorMinor),
    hourly_ceiling_ban: ban(config.hourlyCeilingMinor),
    daily_ceiling_ban: ban(config.dailyCeilingMinor),
    kill_switch: config.killSwitch
  }
})

/** Names and values, each by the flag that changes it, in the order of those. */
export const configLines = (config: PayoutConfig): ReadonlyArray<readonly [string, string]> => [
  ["ban-per-kill", `${ban(config.rateMinor)} BAN`],
  ["cap-unit", config.caps.unit],
  ["daily-cap", `${config.caps.perDay} a player`],
  ["weekly-cap", `${config.caps.perWeek} a player`],
  ["batch-size", config.batchSize === 0 ? "all players" : `${config.batchSize} players a settlement`],
  ["floor", `${ban(config.floorMinor)} BAN stay in the wallet`],
  ["hourly-ceiling", `${ban(config.hourlyCeilingMinor)} BAN`],
  ["daily-ceiling", `${ban(config.dailyCeilingMinor)} BAN`],
  ["signing", config.killSwitch ? "HALTED: purser payouts resume" : "goes on"]
]
