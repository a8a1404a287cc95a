/** Recognises, lists and ends sessions. */
import {
  type IdentityError,
  IdentityRules,
  type Recognised,
  SessionId,
  type SessionSummary,
  type SetCookies,
  type SignedIn,
  UserId
} from "@purser/domain/identity"
import { DiscordAccountId } from "@purser/domain/rewards"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { IdentityDatabase } from "./database/IdentityDatabase.ts"
import { attempt } from "./failures.ts"
import { type IdentityOptions, isSecure } from "./IdentityOptions.ts"
import { type Library, renewedBeforeMillis } from "./login/Library.ts"
import { type QuickSession, quickSession } from "./quickSession.ts"
import { isEnrolled } from "./secondFactor/SecondFactor.ts"

/** What of a session and its user is told. */
interface Found {
  readonly session: { readonly id: string; readonly secondFactorAtMillis?: number | null | undefined }
  readonly user: {
    readonly id: string
    readonly discordId: string
    readonly name: string
    readonly isAdmin: boolean
  }
}

/** What sessions are read with. */
interface Parts {
  readonly library: Library
  readonly database: IdentityDatabase
  readonly options: IdentityOptions
}

const headersOf = (cookieHeader: string | undefined): Headers => new Headers({ cookie: cookieHeader ?? "" })

const signedInOf = ({ session, user }: Found, options: IdentityOptions, enrolled: boolean): SignedIn => {
  const discordId = DiscordAccountId.make(user.discordId)
  const { adminDiscordIds } = options
  return {
    userId: UserId.make(user.id),
    sessionId: SessionId.make(session.id),
    discordId,
    discordName: user.name,
    roles: IdentityRules.rolesOf({ discordId, isGrantedAdmin: user.isAdmin, adminDiscordIds }),
    secondFactor: enrolled ? "enrolled" : "none",
    secondFactorAtMillis: session.secondFactorAtMillis ?? null
  }
}

/** The library's way: it ends what is over, and prolongs what is due. */
const recogniseThoroughly = Effect.fnUntraced(function*(
  { database, library, options }: Parts,
  cookieHeader: string
): Effect.fn.Return<Option.Option<Recognised>, IdentityError> {
  const { headers, response } = yield* attempt(
    "Identity.session",
    () => library.api.getSession({ headers: headersOf(cookieHeader), returnHeaders: true })
  )
  if (response === null) return Option.none()
  const enrolled = yield* isEnrolled(database, response.user.id)
  return Option.some({ signedIn: signedInOf(response, options, enrolled), setCookies: headers.getSetCookie() })
})

const quickly = (
  { discordId, isAdmin, isEnrolled: enrolled, name, secondFactorAtMillis, sessionId, userId }: QuickSession,
  options: IdentityOptions
): Recognised => ({
  signedIn: signedInOf(
    { session: { id: sessionId, secondFactorAtMillis }, user: { id: userId, discordId, name, isAdmin } },
    options,
    enrolled
  ),
  setCookies: []
})

/** In one statement, while the session neither is over nor wants to be prolonged. */
const recognise = (parts: Parts) => {
  const find = quickSession(parts.database, parts.options)
  return Effect.fnUntraced(function*(
    cookieHeader: string | undefined
  ): Effect.fn.Return<Option.Option<Recognised>, IdentityError> {
    if (cookieHeader === undefined) return Option.none()
    const found = yield* attempt("Identity.session", () => find(cookieHeader))
    const nowMillis = yield* Clock.currentTimeMillis
    return found !== undefined && nowMillis < found.expiresAtMillis - renewedBeforeMillis
      ? Option.some(quickly(found, parts.options))
      : yield* recogniseThoroughly(parts, cookieHeader)
  })
}

const makeRevocation = ({ db }: IdentityDatabase) => ({
  revokeSession: (userId: UserId, sessionId: SessionId): Effect.Effect<boolean, IdentityError> =>
    Effect.map(
      attempt("Identity.revokeSession", () =>
        db.deleteFrom("identity_session").where("id", "=", sessionId).where("user_id", "=", userId).returning("id")
          .executeTakeFirst()),
      (row) =>
        row !== undefined
    ),
  revokeAllSessions: (userId: UserId): Effect.Effect<number, IdentityError> =>
    Effect.map(
      attempt("Identity.revokeAllSessions", () =>
        db.deleteFrom("identity_session").where("user_id", "=", userId).returning("id").execute()),
      (rows) =>
        rows.length
    )
})

const listSessions =
  ({ db, time }: IdentityDatabase) => (userId: UserId): Effect.Effect<ReadonlyArray<SessionSummary>, IdentityError> =>
    Effect.gen(function*() {
      const now = time(yield* Clock.currentTimeMillis)
      const rows = yield* attempt(
        "Identity.sessionsOf",
        () =>
          db.selectFrom("identity_session").select(["id", "created_at", "expires_at"]).where("user_id", "=", userId)
            .where("expires_at", ">", now).orderBy("created_at", "desc").orderBy("id").execute()
      )
      return rows.map((row) => ({
        sessionId: SessionId.make(row.id),
        createdAtMillis: new Date(row.created_at).getTime(),
        expiresAtMillis: new Date(row.expires_at).getTime()
      }))
    })

/** The methods of the port that have to do with sessions, and two that a sign-in needs. */
export const makeSessions = (library: Library, database: IdentityDatabase, options: IdentityOptions) => {
  const session = recognise({ library, database, options })
  const revocation = makeRevocation(database)
  const forget = (cookieHeader: string | undefined): Effect.Effect<void, IdentityError> =>
    Effect.flatMap(
      session(cookieHeader),
      Option.match({
        onNone: () => Effect.void,
        onSome: ({ signedIn }) => Effect.asVoid(revocation.revokeSession(signedIn.userId, signedIn.sessionId))
      })
    )
  // Ended by ourselves first: the library takes the cookies also when the database did not answer.
  const logout = (cookieHeader: string | undefined): Effect.Effect<SetCookies, IdentityError> =>
    Effect.andThen(
      forget(cookieHeader),
      attempt("Identity.logout", async () => {
        const { headers } = await library.api.signOut({ headers: headersOf(cookieHeader), returnHeaders: true })
        return headers.getSetCookie()
      })
    )
  const stateCookie = `${isSecure(options) ? "__Host-" : ""}purser.oauth_state=`
  return {
    session,
    logout,
    sessionsOf: listSessions(database),
    ...revocation,
    forget,
    /** Whether the browser still has the state of a sign-in, whatever it may be worth. */
    hasState: (cookieHeader: string | undefined): boolean =>
      cookieHeader?.split(";").some((pair) => pair.trimStart().startsWith(stateCookie)) === true
  }
}

/** Sessions of one installation. */
export type Sessions = ReturnType<typeof makeSessions>
