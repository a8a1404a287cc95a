/** Lists the players that sandboxes know from the start when they are asked to: one for each way a sign-in can end. */
import { DiscordId } from "../DiscordId.ts"

/** A player of every sandbox. */
export interface DemoPlayer {
  readonly discordId: DiscordId
  readonly username: string
  readonly globalName: string
  readonly isMember: boolean
  /** The linked account of Epic; null where none is. */
  readonly epic: { readonly id: string; readonly name: string; readonly areStatsPublic: boolean } | null
}

/** Ada can earn; Ben has linked nothing; Cleo is not in the guild; Dan keeps his stats private. */
export const demoPlayers: ReadonlyArray<DemoPlayer> = [
  {
    discordId: DiscordId.make("419799502946304131"),
    username: "ada",
    globalName: "Ada",
    isMember: true,
    epic: { id: "ada0".repeat(8), name: "Ada of the sandbox", areStatsPublic: true }
  },
  {
    discordId: DiscordId.make("756246437167104131"),
    username: "ben",
    globalName: "Ben, who has linked nothing",
    isMember: true,
    epic: null
  },
  {
    discordId: DiscordId.make("797483156373504131"),
    username: "cleo",
    globalName: "Cleo, who is not in the guild",
    isMember: false,
    epic: null
  },
  {
    discordId: DiscordId.make("594802643042304131"),
    username: "dan",
    globalName: "Dan, whose stats are private",
    isMember: true,
    epic: { id: "da40".repeat(8), name: "Dan of the sandbox", areStatsPublic: false }
  }
]
