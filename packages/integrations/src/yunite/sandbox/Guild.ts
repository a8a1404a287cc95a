/** Keeps the members of a sandbox's guild, and the accounts that they linked. */
import type { DiscordId } from "../../discord/DiscordId.ts"
import { demoPlayers } from "../../discord/sandbox/demoPlayers.ts"
import type { SandboxFault, SandboxLink, SandboxPlayer } from "./SandboxOperations.ts"

/** Those who are in the guild, and the links of those and of others. */
export interface Guild {
  readonly id: DiscordId
  readonly members: Set<DiscordId>
  readonly links: Map<DiscordId, Required<SandboxLink>>
}

/** 1 January 2026. */
const demoVerifiedAtMillis = 1_767_225_600_000

/** A guild without members, or with the players of the demonstration. */
export const makeGuild = (id: DiscordId, isDemo: boolean): Guild => {
  const players = isDemo ? demoPlayers : []
  return {
    id,
    members: new Set(players.filter(({ isMember }) => isMember).map(({ discordId }) => discordId)),
    links: new Map(
      players.flatMap(({ discordId, epic }) =>
        epic === null
          ? []
          : [[discordId, { epicId: epic.id, epicName: epic.name, verifiedAtMillis: demoVerifiedAtMillis }]]
      )
    )
  }
}

/** Everybody who is known. */
export const playersOf = ({ links, members }: Guild): ReadonlyArray<SandboxPlayer> =>
  [...new Set([...members, ...links.keys()])].map((userId) => ({
    userId,
    isMember: members.has(userId),
    link: links.get(userId) ?? null
  }))

/** What Yunite tells of those ids, or does not when the fault is one of its own. */
export const tellOf = ({ links, members }: Guild, ids: ReadonlyArray<string>, kind?: SandboxFault["kind"]) => {
  const told = (kind === "omit" ? ids.slice(1) : ids) as ReadonlyArray<DiscordId>
  const here = told.filter((id) => members.has(id))
  return {
    users: here.flatMap((id) => {
      const link = links.get(id)
      return link === undefined ? [] : [{
        discord: { id, name: "player", avatar: null },
        epic: { epicID: link.epicId, epicName: link.epicName },
        dateVerified: new Date(link.verifiedAtMillis).toISOString()
      }]
    }),
    notLinked: kind === "contradict" ? told : here.filter((id) => !links.has(id)),
    notFound: told.filter((id) => !members.has(id))
  }
}
