/** Makes the accounts of a sandbox, and what is sent of them. */
import { demoPlayers } from "../../discord/sandbox/demoPlayers.ts"
import type { SandboxAccount, SandboxPlayer, StatsLevel } from "./SandboxOperations.ts"

const fresh: Omit<SandboxPlayer, "epicId"> = {
  name: "player",
  isPrivate: false,
  nullFrom: null,
  kills: 0,
  matches: 0,
  minutesPlayed: 0,
  lastModifiedMillis: null
}

/** The account as it is changed, or a new one. */
export const changed = (known: SandboxPlayer | undefined, account: SandboxAccount): SandboxPlayer => ({
  ...fresh,
  ...known,
  ...account
})

/** No accounts, or those of the demonstration: somebody who has played for long, and somebody who does not show it. */
export const firstPlayers = (isDemo: boolean): Map<string, SandboxPlayer> =>
  new Map(
    (isDemo ? demoPlayers : []).flatMap(({ epic }) => {
      if (epic === null) return []
      const { areStatsPublic, id, name } = epic
      const figures = { kills: 1200, matches: 400, minutesPlayed: 6000, lastModifiedMillis: 1_767_225_600_000 }
      return [[id, changed(undefined, { epicId: id, name, isPrivate: !areStatsPublic, ...figures })]]
    })
  )

const ratio = (part: number, of: number): number => of === 0 ? 0 : Math.round(part / of * 1000) / 1000

const overallOf = ({ kills, lastModifiedMillis, matches, minutesPlayed, nullFrom }: SandboxPlayer) => ({
  wins: 0,
  kills: nullFrom === "kills" ? null : kills,
  killsPerMin: ratio(kills, minutesPlayed),
  killsPerMatch: ratio(kills, matches),
  deaths: matches,
  kd: ratio(kills, matches),
  matches,
  winRate: 0,
  minutesPlayed,
  playersOutlived: 0,
  lastModified: lastModifiedMillis === null ? null : new Date(lastModifiedMillis).toISOString()
})

/** What is sent of an account: figures by input, of which only the sum of all is filled. */
export const dataOf = (player: SandboxPlayer) => {
  const isNull = (level: StatsLevel) => player.nullFrom === level
  const overall = isNull("overall") ? null : overallOf(player)
  const all = isNull("all") ? null : { overall, solo: null, duo: null, squad: null }
  return {
    account: { id: player.epicId, name: player.name },
    battlePass: { level: 1, progress: 0 },
    image: null,
    stats: isNull("stats") ? null : { all, keyboardMouse: null, gamepad: null, touch: null }
  }
}
