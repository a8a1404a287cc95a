/** Keeps the users of a sandbox, and who of them is in its guild. */
import type { DiscordUser } from "../Discord.ts"
import type { DiscordId } from "../DiscordId.ts"
import { demoPlayers } from "./demoPlayers.ts"

/** Users in the order in which they came, and when members joined, in milliseconds. */
export interface Guild {
  readonly id: DiscordId
  readonly users: Map<string, DiscordUser>
  readonly joinedAtMillis: Map<string, number>
}

/** 1 January 2026. */
const demoJoinedAtMillis = 1_767_225_600_000

/** A guild without members, or with the players of the demonstration. */
export const makeGuild = (id: DiscordId, isDemo: boolean): Guild => {
  const players = isDemo ? demoPlayers : []
  return {
    id,
    users: new Map(
      players.map(({ discordId, globalName, username }) => [discordId, { id: discordId, username, globalName }])
    ),
    joinedAtMillis: new Map(
      players.filter(({ isMember }) => isMember).map(({ discordId }) => [discordId, demoJoinedAtMillis])
    )
  }
}
