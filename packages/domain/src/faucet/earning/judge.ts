/** Judges how a player played since the last reading: pure. */
import type { LifetimeStats, Player } from "../../rewards/index.ts"
import {
  LastReading,
  PlayProfile,
  PlayRules,
  RiskWindow,
  type Signal,
  type SignalRules,
  SpikeRules
} from "../../risk/index.ts"

type Known = Extract<LifetimeStats, { readonly _tag: "Known" }>

/** What is judged, and by what is remembered. */
export interface Judged {
  readonly player: Player
  readonly subject: SignalRules.Subject
  readonly profile: PlayProfile | undefined
  readonly nowMillis: number
}

/** What is remembered from now on, and what stood out. */
export interface Judgement {
  readonly profile: PlayProfile
  readonly signals: ReadonlyArray<Signal>
  /** Kills an hour since the last reading; null without one. */
  readonly killsPerHour: number | null
}

/** Readings closer together than this tell nothing of a rate. */
const leastWindowMillis = 60_000

const hourMillis = 3_600_000

/** Figures that went down are those of another count: nothing is concluded from them. */
const risen = (after: number, before: number): number | null => after < before ? null : after - before

const readingOf = ({ kills, lastModifiedMillis, matches, minutesPlayed }: Known, atMillis: number): LastReading =>
  new LastReading({ atMillis, kills, matches, minutesPlayed, lastModifiedMillis })

const signalsOf = (before: LastReading, after: LastReading, subject: SignalRules.Subject): ReadonlyArray<Signal> => {
  const window = new RiskWindow({ fromMillis: before.atMillis, toMillis: after.atMillis })
  const play: PlayRules.Play = {
    window,
    kills: Math.max(0, after.kills - before.kills),
    minutesPlayed: risen(after.minutesPlayed, before.minutesPlayed),
    matches: risen(after.matches, before.matches)
  }
  const change: PlayRules.StatsChange = {
    window,
    before: { lifetimeKills: before.kills, lastModifiedMillis: before.lastModifiedMillis },
    after: { lifetimeKills: after.kills, lastModifiedMillis: after.lastModifiedMillis }
  }
  return [
    PlayRules.killRate(subject, play),
    PlayRules.killRatePlayed(subject, play),
    PlayRules.killsPerMatch(subject, play),
    PlayRules.staleStats(subject, change)
  ].filter((signal) => signal !== null)
}

/** Judges a reading by the one before it; the first, and one that follows too closely, are only remembered. */
export const judge = (stats: Known, { nowMillis, player, profile, subject }: Judged): Judgement => {
  const after = readingOf(stats, nowMillis)
  const baseline = profile?.baseline ?? SpikeRules.emptyBaseline
  const before = profile?.reading ?? null
  const remembered = (reading: LastReading, history = baseline) =>
    new PlayProfile({ playerId: player.id, reading, baseline: history })
  if (before === null) return { profile: remembered(after), signals: [], killsPerHour: null }
  if (nowMillis - before.atMillis < leastWindowMillis) {
    return { profile: remembered(before), signals: [], killsPerHour: null }
  }
  const window = new RiskWindow({ fromMillis: before.atMillis, toMillis: nowMillis })
  const kills = Math.max(0, after.kills - before.kills)
  const observed = SpikeRules.observe(baseline, { window, kills }, { subject, limits: SpikeRules.defaultSpikeLimits })
  return {
    profile: remembered(after, observed.baseline),
    signals: [...signalsOf(before, after, subject), ...observed.signal === null ? [] : [observed.signal]],
    killsPerHour: kills * hourMillis / (nowMillis - before.atMillis)
  }
}
