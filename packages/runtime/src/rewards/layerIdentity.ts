/** Lets users sign in: Discord, sessions and second factors, on the database of the installation. */
import type { Identity, IdentityError } from "@purser/domain/identity"
import { IdentityBetterAuth, type SealingKey } from "@purser/identity"
import { Discord } from "@purser/integrations/discord"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Settings } from "../config/Settings.ts"
import { keyFile, type KeyFileUnusable } from "../keys/keyFile.ts"
import { FaucetLine } from "./FaucetLine.ts"
import { publicUrlOf } from "./publicUrl.ts"

type Choice = Pick<Settings, "dataDir" | "database" | "http" | "rewards">

/** Files of generated keys in the data directory. */
const keyFiles = { session: "session.key", totp: "totp.key" } as const

const bytesOf = (hex: Redacted.Redacted<string>): Redacted.Redacted<Uint8Array> =>
  Redacted.make(Uint8Array.from(Buffer.from(Redacted.value(hex), "hex")))

/** The secret that cookies and forms rest on: as it is set, else as it was made in the data directory. */
export const sessionSecret = (
  { dataDir, rewards }: Choice
): Effect.Effect<Redacted.Redacted<string>, KeyFileUnusable> =>
  rewards.access.sessionSecret === null
    ? keyFile(dataDir, keyFiles.session)
    : Effect.succeed(rewards.access.sessionSecret)

const secondFactorKeys = (
  { dataDir, rewards }: Choice
): Effect.Effect<readonly [SealingKey, ...ReadonlyArray<SealingKey>], KeyFileUnusable> =>
  rewards.access.totpKeys === null
    ? Effect.map(keyFile(dataDir, keyFiles.totp), (hex) => [{ id: "generated", secret: bytesOf(hex) }])
    : Effect.succeed(rewards.access.totpKeys)

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
          tokenUrl: `${options.apiUrl}/oauth2/token`,
          userOf: (token) =>
            Effect.map(discord.userOf(token), ({ globalName, id, username }) => ({ id, name: globalName ?? username })),
          memberOf: (token) =>
            Effect.map(discord.memberOf(token, guildId), ({ _tag }) => _tag === "Member" ? "member" : "not_member"),
          revoke: (token) => discord.revoke(token)
        }
      })
    )).pipe(Layer.provide(Discord.layer(options)))
  }))
