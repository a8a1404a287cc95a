/** Lets users sign in: Discord, sessions and second factors, on the database of the installation. */
import type { Identity, IdentityError } from "@purser/domain/identity"
import { IdentityBetterAuth } from "@purser/identity"
import { Discord } from "@purser/integrations/discord"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Settings } from "../config/Settings.ts"
import type { KeyFileUnusable } from "../keys/keyFile.ts"
import { secondFactorKeys, sessionSecret } from "./accessKeys.ts"
import { FaucetLine } from "./FaucetLine.ts"
import { discordTokenUrl } from "./providerOptions.ts"
import { publicUrlOf } from "./publicUrl.ts"

type Choice = Pick<Settings, "dataDir" | "database" | "http" | "rewards">

/** Sign-in through the Discord of `FaucetLine`; tokens of users are used once and forgotten. */
export const layerIdentity = (
  settings: Choice
): Layer.Layer<Identity, IdentityError | KeyFileUnusable, FaucetLine> =>
  Layer.unwrap(Effect.gen(function*() {
    const { discord: { authorizeUrl, clientId, clientSecret, guildId, options } } = yield* FaucetLine
    const cookieSecret = yield* sessionSecret(settings)
    const keys = yield* secondFactorKeys(settings)
    const { access, product } = settings.rewards
    return Layer.unwrap(Discord.useSync((discord) =>
      IdentityBetterAuth.layer({
        publicUrl: publicUrlOf(settings),
        cookieSecret,
        secondFactorKeys: keys,
        issuer: product.appName,
        adminDiscordIds: access.adminIds,
        database: settings.database,
        discord: {
          clientId,
          clientSecret,
          authorizeUrl,
          tokenUrl: discordTokenUrl(options),
          userOf: (token) =>
            Effect.map(discord.userOf(token), ({ globalName, id, username }) => ({ id, name: globalName ?? username })),
          memberOf: (token) =>
            Effect.map(discord.memberOf(token, guildId), ({ _tag }) => _tag === "Member" ? "member" : "not_member"),
          revoke: (token) => discord.revoke(token)
        }
      })
    )).pipe(Layer.provide(Discord.layer(options)))
  }))
