/** Turns settings into the options of the clients: every limit is the operator's, and none is made before it is read. */
import type { NodeOptions } from "@purser/integrations/banano"
import type { DiscordOptions } from "@purser/integrations/discord"
import type { StatsOptions } from "@purser/integrations/fortnite"
import type { YuniteOptions } from "@purser/integrations/yunite"
import type { BananoNodeSettings, DiscordSettings, FortniteSettings, YuniteSettings } from "./RewardsSettings.ts"

/** Discord's API, as the bot and as the application. */
export const discordOptions = ({ apiUrl, botToken, clientId, clientSecret }: DiscordSettings): DiscordOptions => ({
  apiUrl,
  botToken,
  application: { id: clientId, secret: clientSecret }
})

/** Where codes of sign-ins are exchanged. */
export const discordTokenUrl = ({ apiUrl }: Pick<DiscordSettings, "apiUrl">): string => `${apiUrl}/oauth2/token`

/** Links of the guild. */
export const yuniteOptions = ({ guildId, token, url }: YuniteSettings): YuniteOptions => ({ guildId, token, url })

/** Stats, as often as the provider may be asked. */
export const statsOptions = (
  { header, key, perMinute, perSecond, scheme, url }: FortniteSettings
): StatsOptions => ({
  url,
  key,
  header,
  ...scheme === null ? {} : { scheme },
  windows: [{ most: perSecond, millis: 1000 }, { most: perMinute, millis: 60_000 }]
})

/** The node that blocks go to. */
export const nodeOptions = ({ apiKey, url }: BananoNodeSettings): NodeOptions => ({
  url,
  ...apiKey === null ? {} : { apiKey }
})
