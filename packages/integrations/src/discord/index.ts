/** Gathers the client of Discord. */
export { Discord, type DiscordMember, type DiscordUser } from "./Discord.ts"
export {
  type Credential,
  type DiscordError,
  DiscordForbidden,
  DiscordLimited,
  DiscordMalformed,
  DiscordStatus,
  DiscordUnauthorized,
  DiscordUnknownGuild,
  DiscordUnreachable
} from "./DiscordError.ts"
export { DiscordId } from "./DiscordId.ts"
export type { DiscordApplication, DiscordOptions } from "./DiscordOptions.ts"
