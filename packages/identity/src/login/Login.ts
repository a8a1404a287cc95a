/** Takes browsers to Discord and back, and says why a sign-in came to nothing. */
import {
  type GuildMembership,
  IdentityError,
  IdentityRules,
  type LoginBegun,
  type LoginCallback,
  type LoginFinished,
  type LoginRefusal,
  LoginRefused
} from "@purser/domain/identity"
import { DiscordAccountId } from "@purser/domain/rewards"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { IdentityDatabase } from "../database/IdentityDatabase.ts"
import { attempt, identityError } from "../failures.ts"
import { type IdentityOptions, redirectUriOf } from "../IdentityOptions.ts"
import type { Sessions } from "../Sessions.ts"
import { exchangeCode } from "./exchangeCode.ts"
import { type Flight, inFlight, step } from "./Flight.ts"
import type { Library } from "./Library.ts"
import { useState } from "./UsedStates.ts"
import { providerId, register } from "./Users.ts"

/** What a sign-in rests on. */
export interface LoginParts {
  readonly database: IdentityDatabase
  readonly library: Library
  readonly options: IdentityOptions
  readonly sessions: Sessions
}

/** Stands for no path at all: browsers take it for `/`. */
const nowhere = "/."

const operation = "Identity.finishLogin"

const fault = (detail: string): IdentityError => new IdentityError({ failure: "Broken", operation, detail })

const refused = (reason: LoginRefusal): LoginRefused => new LoginRefused({ reason })

/** What the library calls its ends, in our words. Others are no refusals but faults. */
const reasons: Readonly<Record<string, LoginRefusal>> = {
  state_not_found: "StateMissing",
  state_invalid: "StateMismatch",
  state_mismatch: "StateMismatch",
  no_code: "CodeRefused",
  access_denied: "Denied"
}

const isOurs = DiscordAccountId.pipe(Schema.is)

/** The user whom the token speaks for, registered. */
const userOf = ({ database, options }: LoginParts, accessToken: string) =>
  options.discord.userOf(Redacted.make(accessToken)).pipe(
    Effect.mapError(() => refused("ProviderUnavailable")),
    Effect.filterOrFail(({ id }) => isOurs(id), () => refused("ProviderUnavailable")),
    Effect.tap((user) => register(database, user))
  )

const spend = (database: IdentityDatabase, state: string) =>
  Effect.flatMap(useState(database, state), (isFirst) => isFirst ? Effect.void : Effect.fail(refused("StateUsed")))

interface Journey {
  readonly flight: Flight
  readonly membership: Effect.Effect<GuildMembership>
  /** Makes the token worthless, if there is one. */
  readonly end: Effect.Effect<void>
}

/** The user is signed in or not, whatever becomes of it: the token is forgotten here, and ends by itself. */
const ended = (revocation: Effect.Effect<void, unknown>): Effect.Effect<void> =>
  Effect.catchCause(
    revocation,
    () =>
      Effect.logWarning("Discord did not take back the token of a sign-in; it is forgotten here, and ends by itself")
  )

/** Prepares a sign-in. It alone holds the token, and nothing holds it. */
const makeJourney = (parts: LoginParts, state: string, run: Flight["run"]): Journey => {
  const { database, options: { discord } } = parts
  let token: Redacted.Redacted | undefined
  const withToken = <A>(ask: (token: Redacted.Redacted) => Effect.Effect<A, unknown>): Effect.Effect<A, unknown> =>
    Effect.suspend(() => token === undefined ? Effect.fail("no token") : ask(token))
  const flight: Flight = {
    failure: undefined,
    isExpired: false,
    met: undefined,
    run,
    exchange: ({ code, codeVerifier = "" }) => {
      const redirectUri = redirectUriOf(parts.options)
      const exchanged = exchangeCode(discord, { code, codeVerifier, redirectUri })
      return step(
        flight,
        Effect.andThen(
          spend(database, state),
          Effect.map(exchanged, (accessToken) => {
            token = accessToken
            return Redacted.value(accessToken)
          })
        )
      )
    },
    userOf: (accessToken) => step(flight, userOf(parts, accessToken))
  }
  return {
    flight,
    membership: Effect.orElseSucceed(withToken(discord.memberOf), (): GuildMembership => "unknown"),
    end: Effect.suspend(() => token === undefined ? Effect.void : ended(discord.revoke(token)))
  }
}

/** Why the library sends the browser to a place of errors. Whatever else Discord says went wrong is Discord's. */
const endOf = (location: string, flight: Flight, { error: said }: LoginCallback): LoginRefused | IdentityError => {
  if (flight.failure !== undefined) return flight.failure
  if (flight.isExpired) return refused("StateExpired")
  const error = URL.canParse(location) ? new URL(location).searchParams.get("error") ?? "" : ""
  const reason = reasons[error] ?? (said === undefined ? undefined : "ProviderUnavailable")
  if (reason !== undefined) return refused(reason)
  return flight.met === undefined ? fault("UnknownEnd") : identityError(operation, flight.met)
}

const callLibrary = ({ library }: LoginParts, flight: Flight, { code, cookieHeader, error, state }: LoginCallback) => {
  const query = { state, ...(code === undefined ? {} : { code }), ...(error === undefined ? {} : { error }) }
  const call = () =>
    library.api.callbackOAuth({
      method: "GET",
      params: { id: providerId },
      query,
      headers: new Headers({ cookie: cookieHeader ?? "" }),
      asResponse: true
    })
  // It ends in an answer where the code fails, and throws where the user can not be read.
  return Effect.mapError(attempt(operation, () => inFlight(flight, call)), (thrown) => flight.failure ?? thrown)
}

const pairOf = (setCookie: string): string => setCookie.slice(0, setCookie.indexOf(";"))

/** The session that the library has just begun, and where it sends the browser. */
const begun = (parts: LoginParts, flight: Flight, callback: LoginCallback) =>
  Effect.gen(function*() {
    const response = yield* callLibrary(parts, flight, callback)
    const location = response.headers.get("location") ?? ""
    if (!location.startsWith("/")) return yield* Effect.fail(endOf(location, flight, callback))
    const setCookies = response.headers.getSetCookie()
    const recognised = yield* parts.sessions.session(setCookies.map(pairOf).join("; "))
    if (Option.isNone(recognised)) return yield* fault("NoSession")
    return { location, setCookies, signedIn: recognised.value.signedIn }
  })

const finish = (
  parts: LoginParts,
  callback: LoginCallback
): Effect.Effect<LoginFinished, LoginRefused | IdentityError> =>
  Effect.gen(function*() {
    const { cookieHeader, state } = callback
    if (!state || !parts.sessions.hasState(cookieHeader)) return yield* refused("StateMissing")
    const journey = makeJourney(parts, state, Effect.runPromiseWith(yield* Effect.context<never>()))
    return yield* Effect.gen(function*() {
      const { location, setCookies, signedIn } = yield* begun(parts, journey.flight, callback)
      // Whoever planted the session that the browser had before is not signed in as this user.
      yield* parts.sessions.forget(cookieHeader)
      const returnTo = location === nowhere ? null : IdentityRules.safeReturnTo(location)
      return { signedIn, membership: yield* journey.membership, returnTo, setCookies }
    }).pipe(Effect.ensuring(journey.end))
  })

/** The methods of the port that sign users in. */
export const makeLogin = (parts: LoginParts) => ({
  beginLogin: ({ returnTo }: { readonly returnTo?: string | undefined }): Effect.Effect<LoginBegun, IdentityError> =>
    attempt("Identity.beginLogin", async () => {
      const callbackURL = IdentityRules.safeReturnTo(returnTo) ?? nowhere
      const { headers, response } = await parts.library.api.signInSocial({
        body: { provider: providerId, callbackURL },
        returnHeaders: true
      })
      return { location: response.url ?? "", setCookies: headers.getSetCookie() }
    }),
  finishLogin: (callback: LoginCallback) => finish(parts, callback)
})
