/** Models who is signed in, and by what proof. */
import * as Schema from "effect/Schema"
import { type DiscordAccountId, PlayerId } from "../rewards/index.ts"

/** An opaque id of a user; the same value is the id of the player in the books. Never the id of an outside account. */
export const UserId = PlayerId
export type UserId = PlayerId

/** Names a session without giving access to it: what a session is listed and revoked by. */
export const SessionId = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9._-]{1,100}$/u)).pipe(
  Schema.brand("SessionId")
)
export type SessionId = typeof SessionId.Type

/** What a user may be. Everybody is a player. */
export type Role = "player" | "admin"

/** A user with a session that was neither revoked nor left to end. */
export interface SignedIn {
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly discordId: DiscordAccountId
  /** As of the last sign-in; chosen by the user, so it is shown and never compared. */
  readonly discordName: string
  readonly roles: ReadonlySet<Role>
  readonly secondFactor: "none" | "enrolled"
  /** When this session last gave a code that was right; null when it never did. Unix milliseconds. */
  readonly secondFactorAtMillis: number | null
}

/** Whole values of `Set-Cookie`, one header each; to be sent as they are. */
export type SetCookies = ReadonlyArray<string>

/** Who a request comes from, and the cookies that prolong the session where it is time. */
export interface Recognised {
  readonly signedIn: SignedIn
  readonly setCookies: SetCookies
}

/** A session as its owner sees it in a list. Unix milliseconds. */
export interface SessionSummary {
  readonly sessionId: SessionId
  readonly createdAtMillis: number
  /** When it ends unless it is used before. */
  readonly expiresAtMillis: number
}
