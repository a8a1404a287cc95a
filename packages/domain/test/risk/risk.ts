/** Builds what the tests of risk judge. */
import { PlayerId } from "@purser/domain/rewards"
import { RiskWindow, type SignalRules } from "@purser/domain/risk"

export const playerId = PlayerId.make("player-1")
export const testerId = PlayerId.make("tester-1")
const testPlayers = new Set([testerId])

/** A player like others, and one of the operator's own. */
export const player: SignalRules.Subject = { playerId, testPlayers }
export const tester: SignalRules.Subject = { playerId: testerId, testPlayers }

/** So many minutes from the n-th hour on. */
export const windowOf = (minutes: number, hour = 0): RiskWindow =>
  new RiskWindow({ fromMillis: hour * 3_600_000, toMillis: hour * 3_600_000 + minutes * 60_000 })
