/** Declares the port behind which users sign in, and sessions and second factors are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { IdentityError, LoginRefused, SecondFactorRefused } from "./IdentityError.ts"
import type { Recognised, SessionId, SessionSummary, SetCookies, SignedIn, UserId } from "./SignedIn.ts"

/** Where to send a browser that signs in, and what it has to keep meanwhile. */
export interface LoginBegun {
  readonly location: string
  readonly setCookies: SetCookies
}

/** What the browser came back with: three parameters of the query and its header `Cookie`, all as they came. */
export interface LoginCallback {
  readonly code: string | undefined
  readonly state: string | undefined
  readonly error: string | undefined
  readonly cookieHeader: string | undefined
}

/** Whether the user is in the operator's Discord server; unknown when Discord did not say. */
export type GuildMembership = "member" | "not_member" | "unknown"

/** A user who has just signed in. `returnTo` is a path of ours; null when none was asked for. */
export interface LoginFinished extends Recognised {
  readonly membership: GuildMembership
  readonly returnTo: string | null
}

/** A secret for an app that shows codes, and the same as the address that goes into a QR code. Shown once. */
export interface Enrolment {
  readonly secret: Redacted.Redacted
  readonly uri: Redacted.Redacted
}

type Answer<A, E = never> = Effect.Effect<A, E | IdentityError>

/** Who users are. Nothing here joins a surrounding `Transaction`: call it before or after one, never within. */
export class Identity extends Context.Service<Identity, {
  /** Sends a browser to the provider, bound to it for 10 minutes. A `returnTo` that is no path of ours is forgotten. */
  readonly beginLogin: (from: { readonly returnTo?: string | undefined }) => Answer<LoginBegun>
  /**
   * Signs in the user who came back, once for each state. The session is a new one, and the one that the browser had
   * before is revoked. A user who was never seen is registered; nobody is ever linked by e-mail or name.
   */
  readonly finishLogin: (callback: LoginCallback) => Answer<LoginFinished, LoginRefused>
  /** Whose request this is, from its header `Cookie`; none for a session that is revoked, over, or not of ours. */
  readonly session: (cookieHeader: string | undefined) => Answer<Option.Option<Recognised>>
  /** Ends the session of this browser, if it has one, and takes its cookies. */
  readonly logout: (cookieHeader: string | undefined) => Answer<SetCookies>
  /** The sessions of a user that have not ended, newest first. */
  readonly sessionsOf: (userId: UserId) => Answer<ReadonlyArray<SessionSummary>>
  /** Ends a session of that user at once, everywhere; answers whether there was one. */
  readonly revokeSession: (userId: UserId, sessionId: SessionId) => Answer<boolean>
  /** Ends all sessions of a user; answers how many there were. */
  readonly revokeAllSessions: (userId: UserId) => Answer<number>
  /** Makes a secret; it counts once a code of it is confirmed. Where there is one already it takes a fresh code. */
  readonly enrolSecondFactor: (session: SignedIn) => Answer<Enrolment, SecondFactorRefused>
  /** Accepts the first code of a new secret, which counts as a second factor for this session. */
  readonly confirmSecondFactor: (session: SignedIn, code: string) => Answer<SignedIn, SecondFactorRefused>
  /** Accepts a code once, for this session: 6 digits, spaces do not count, of now or of 30 seconds before or after. */
  readonly stepUp: (session: SignedIn, code: string) => Answer<SignedIn, SecondFactorRefused>
  /** Makes a user an admin or takes it back; whom the operator configured stays one. Answers whether there is such a user. */
  readonly grantAdmin: (userId: UserId, isAdmin: boolean) => Answer<boolean>
  /** Forgets a user: sessions, second factor and the tie to the outside account. Answers whether there was one. */
  readonly erase: (userId: UserId) => Answer<boolean>
}>()("@purser/domain/identity/Identity") {}
