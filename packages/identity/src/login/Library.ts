/** Sets better-auth up for what is used of it: states, sessions and their cookies. Nothing of it is ever mounted. */
import { betterAuth, type BetterAuthOptions } from "better-auth"
import { genericOAuth } from "better-auth/plugins/generic-oauth"
import * as Redacted from "effect/Redacted"
import type { IdentityDatabase } from "../database/IdentityDatabase.ts"
import { type IdentityOptions, isSecure, redirectUriOf } from "../IdentityOptions.ts"
import { currentFlight, type Flight } from "./Flight.ts"
import { addressOf, providerId } from "./Users.ts"

const daySeconds = 86_400
const sessionSeconds = 7 * daySeconds
const stateSeconds = 600

/** A session that ends sooner than this is prolonged when it is used, once a day. */
export const renewedBeforeMillis = (sessionSeconds - daySeconds) * 1000

/** The tables under our names; a test compares what better-auth makes of this with our migration. */
export const schemaOptions = {
  user: {
    modelName: "identity_user",
    fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    additionalFields: {
      discordId: { type: "string", fieldName: "discord_id", unique: true, input: false },
      isAdmin: { type: "boolean", fieldName: "is_admin", input: false }
    }
  },
  session: {
    modelName: "identity_session",
    fields: {
      expiresAt: "expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
      ipAddress: "ip_address",
      userAgent: "user_agent",
      userId: "user_id"
    },
    additionalFields: {
      secondFactorAtMillis: {
        type: "number",
        bigint: true,
        required: false,
        fieldName: "second_factor_at_millis",
        input: false
      }
    },
    expiresIn: sessionSeconds,
    updateAge: daySeconds
  },
  account: {
    modelName: "identity_account",
    fields: {
      accountId: "account_id",
      providerId: "provider_id",
      userId: "user_id",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at"
    },
    // The state lives in a sealed cookie: who only looks at the sign-in writes nothing, and no other browser has it.
    storeStateStrategy: "cookie",
    storeAccountCookie: false,
    updateAccountOnSignIn: false,
    accountLinking: { enabled: false }
  },
  verification: {
    modelName: "identity_verification",
    fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" }
  }
} as const satisfies BetterAuthOptions

const cookieOptions = (secure: boolean) =>
  ({
    disableCSRFCheck: false,
    useSecureCookies: false,
    // Browsers take a cookie of this name over TLS only, from this host only and for all paths.
    cookiePrefix: secure ? "__Host-purser" : "purser",
    defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
    cookies: { oauth_state: { attributes: { maxAge: stateSeconds } } },
    ipAddress: { disableIpTracking: true }
  }) as const satisfies BetterAuthOptions["advanced"]

/** Where a thing that the library logs says when a state ended, it is why the state was refused. */
const saysExpiry = (thing: unknown): boolean =>
  (thing as { readonly details?: { readonly expiresAt?: unknown } } | undefined)?.details?.expiresAt !== undefined

/** The library logs in words, which may quote secrets; we need what comes along, and only in a sign-in. */
const notice = (_level: string, _message: string, ...about: ReadonlyArray<unknown>): void => {
  const flight = currentFlight()
  if (flight === undefined) return
  flight.isExpired ||= about.some(saysExpiry)
  flight.met = about.find((thing) => thing instanceof Error) ?? flight.met
}

const flightNow = (): Flight => {
  const flight = currentFlight()
  if (flight === undefined) throw new Error("the library asks for a step outside of a sign-in")
  return flight
}

const discordPlugin = ({ discord }: IdentityOptions, redirectUri: string) =>
  genericOAuth({
    config: [{
      providerId,
      clientId: discord.clientId,
      clientSecret: Redacted.value(discord.clientSecret),
      authorizationUrl: discord.authorizeUrl,
      tokenUrl: discord.tokenUrl,
      redirectURI: redirectUri,
      scopes: ["identify", "guilds.members.read"],
      pkce: true,
      // Users are registered by our own statements, which hold no transaction open; the library only finds them.
      disableSignUp: true,
      overrideUserInfo: false,
      getToken: async ({ code, codeVerifier }) => ({ accessToken: await flightNow().exchange({ code, codeVerifier }) }),
      getUserInfo: async ({ accessToken = "" }) => {
        const { id, name } = await flightNow().userOf(accessToken)
        return { id, name, email: addressOf(id), emailVerified: false }
      },
      accountSubject: ({ profile }) => String(profile.id)
    }]
  })

/** An instance of the library on a database. */
export const makeLibrary = ({ db, kind }: IdentityDatabase, options: IdentityOptions) => {
  const secret = Redacted.value(options.cookieSecret)
  return betterAuth({
    ...schemaOptions,
    baseURL: options.publicUrl,
    basePath: "/auth",
    // Both: what is left out it takes from the environment.
    secret,
    secrets: [{ version: 1, value: secret }],
    database: { db, type: kind, transaction: false },
    advanced: cookieOptions(isSecure(options)),
    emailAndPassword: { enabled: false },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "warn", log: notice },
    plugins: [discordPlugin(options, redirectUriOf(options))]
  })
}

/** The library, set up. */
export type Library = ReturnType<typeof makeLibrary>
