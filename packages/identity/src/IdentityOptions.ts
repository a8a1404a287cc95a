/** Declares what identity is started with, and refuses what can not be right. */
import { type GuildMembership, IdentityError } from "@purser/domain/identity"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { DatabaseTarget } from "./database/IdentityDatabase.ts"
import type { SealingKey } from "./secondFactor/sealed.ts"

/** Who an access token speaks for. */
export interface DiscordUser {
  /** A Discord id. */
  readonly id: string
  /** What the user is called; shown, never compared. */
  readonly name: string
}

/** What Discord is asked with the access token of the user who signs in, and then that the token shall be worth nothing. */
export interface DiscordAccess {
  readonly userOf: (accessToken: Redacted.Redacted) => Effect.Effect<DiscordUser, unknown>
  /** Whether the user is in the operator's server. A failure counts as unknown and refuses nobody. */
  readonly memberOf: (accessToken: Redacted.Redacted) => Effect.Effect<GuildMembership, unknown>
  /** Ends the token, however the sign-in went. A failure refuses nobody: the token is forgotten here in any case. */
  readonly revoke: (accessToken: Redacted.Redacted) => Effect.Effect<void, unknown>
}

/** The application that the operator registered at Discord, and where Discord is. */
export interface DiscordApplication {
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted
  /** Where browsers are sent: `https://discord.com/oauth2/authorize`. */
  readonly authorizeUrl: string
  /** Where codes are exchanged: `https://discord.com/api/oauth2/token`. */
  readonly tokenUrl: string
  /** How long to wait for an exchange; 10,000 unless given. */
  readonly timeoutMillis?: number
}

/** What identity is started with. */
export interface IdentityOptions {
  /** Scheme, host and port that browsers see: `https://purser.example`. Plain `http` only on loopback. */
  readonly publicUrl: string
  /** Where Discord sends browsers back to, as registered there: a path, `/auth/discord/callback` unless given. */
  readonly callbackPath?: string
  /** At least 32 characters; signs and seals cookies. A new one signs everybody out. */
  readonly cookieSecret: Redacted.Redacted
  /** Seal the secrets of second factors; the first seals, all open. */
  readonly secondFactorKeys: readonly [SealingKey, ...ReadonlyArray<SealingKey>]
  /** Shown by apps beside their codes. */
  readonly issuer: string
  readonly adminDiscordIds: ReadonlySet<string>
  readonly database: DatabaseTarget
  readonly discord: DiscordApplication & DiscordAccess
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u

/** Whether a browser or we can talk there without being listened to. */
const isPrivate = (url: URL): boolean =>
  url.protocol === "https:" || (url.protocol === "http:" && loopback.test(url.hostname))

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/u, "")

const isPrivateUrl = (text: string): boolean => URL.canParse(text) && isPrivate(new URL(text))

const hasWholeKeys = (keys: IdentityOptions["secondFactorKeys"]): boolean =>
  keys.every(({ id, secret }) => /^[\w-]{1,32}$/u.test(id) && Redacted.value(secret).length === 32)

/** The names of options that can not be right. */
const wrongOptions = (options: IdentityOptions): ReadonlyArray<string> => {
  const { callbackPath = "/", cookieSecret, discord, publicUrl, secondFactorKeys } = options
  const isRight: Readonly<Record<string, boolean>> = {
    publicUrl: isOrigin(publicUrl) && isPrivateUrl(publicUrl),
    callbackPath: callbackPath.startsWith("/"),
    cookieSecret: Redacted.value(cookieSecret).length >= 32,
    secondFactorKeys: hasWholeKeys(secondFactorKeys),
    "discord.clientId": discord.clientId !== "",
    "discord.clientSecret": Redacted.value(discord.clientSecret) !== "",
    "discord.authorizeUrl": isPrivateUrl(discord.authorizeUrl),
    "discord.tokenUrl": isPrivateUrl(discord.tokenUrl)
  }
  return Object.keys(isRight).filter((name) => isRight[name] === false)
}

/** Names the options that can not be right; anything else is left to the first use. */
export const checkOptions = (options: IdentityOptions): Effect.Effect<void, IdentityError> => {
  const wrong = wrongOptions(options)
  return wrong.length === 0 ? Effect.void : Effect.fail(
    new IdentityError({ failure: "Misconfigured", operation: "Identity.open", detail: wrong.join(", ") })
  )
}

/** Whether cookies are sent over TLS only. */
export const isSecure = ({ publicUrl }: IdentityOptions): boolean => publicUrl.startsWith("https:")

/** Where Discord sends browsers back to. */
export const redirectUriOf = ({ callbackPath = "/auth/discord/callback", publicUrl }: IdentityOptions): string =>
  new URL(callbackPath, publicUrl).href
