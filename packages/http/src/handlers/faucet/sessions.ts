/** Translates sessions and second factors. */
import {
  confirmEndpoint,
  enrolEndpoint,
  logoutEndpoint,
  revokeSessionsEndpoint,
  sessionsEndpoint,
  stepUpEndpoint
} from "@purser/contract/faucet"
import {
  type Identity,
  type IdentityError,
  type SecondFactorRefused,
  SessionId,
  type SignedIn
} from "@purser/domain/identity"
import type { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Implementation, implementForPlayer } from "../../server/Implementation.ts"
import { answered, refused, withCookies } from "../../server/Reply.ts"
import { storageFailure } from "../../sessions/guards.ts"
import { replied } from "./refusals.ts"
import { instant } from "./wire.ts"

/** Second factors fail like storage where identity itself fails. */
export const ofIdentity = <A, E>(
  work: Effect.Effect<A, E | IdentityError>
): Effect.Effect<A, Exclude<E, IdentityError> | StorageError> =>
  Effect.mapError(
    work,
    (error) =>
      (error as { readonly _tag?: string })._tag === "IdentityError"
        ? storageFailure(error as IdentityError)
        : error as Exclude<E, IdentityError>
  )

/** Ends all sessions of a user but the one that asks; answers how many there were. */
export const endOthers = (
  identity: Identity["Service"],
  { sessionId, userId }: SignedIn
): Effect.Effect<number, StorageError> =>
  Effect.mapError(
    Effect.flatMap(identity.sessionsOf(userId), (sessions) => {
      const others = sessions.filter((session) => session.sessionId !== sessionId)
      return Effect.map(
        Effect.forEach(others, (session) => identity.revokeSession(userId, session.sessionId)),
        (ended) => ended.filter((was) => was).length
      )
    }),
    storageFailure
  )

const proven = (work: Effect.Effect<SignedIn, SecondFactorRefused | IdentityError>) =>
  replied(
    ofIdentity(work),
    ({ secondFactorAtMillis }) => answered(200, { second_factor_at: instant(secondFactorAtMillis ?? 0) })
  )

const secondFactorHandlers = (identity: Identity["Service"]): ReadonlyArray<Implementation> => [
  implementForPlayer(
    enrolEndpoint,
    (_input, { signedIn }) =>
      replied(
        ofIdentity(identity.enrolSecondFactor(signedIn)),
        ({ secret, uri }) => answered(200, { secret: Redacted.value(secret), otpauth_uri: Redacted.value(uri) })
      )
  ),
  implementForPlayer(
    confirmEndpoint,
    ({ payload }, { signedIn }) => proven(identity.confirmSecondFactor(signedIn, payload.code))
  ),
  implementForPlayer(stepUpEndpoint, ({ payload }, { signedIn }) => proven(identity.stepUp(signedIn, payload.code)))
]

/** `POST /auth/logout`, `GET /auth/sessions`, `POST /auth/sessions/revoke` and `/auth/second-factor/…`. */
export const sessionHandlers = (identity: Identity["Service"]): ReadonlyArray<Implementation> => [
  implementForPlayer(logoutEndpoint, (_input, { cookieHeader }) =>
    Effect.mapBoth(identity.logout(cookieHeader), {
      onSuccess: (cookies) => withCookies(answered(200, { signed_out: true } as const), cookies),
      onFailure: storageFailure
    })),
  implementForPlayer(
    sessionsEndpoint,
    (_input, { signedIn: { sessionId, userId } }) =>
      Effect.mapBoth(identity.sessionsOf(userId), {
        onSuccess: (sessions) =>
          answered(200, {
            sessions: sessions.map((session) => ({
              id: session.sessionId,
              created_at: instant(session.createdAtMillis),
              expires_at: instant(session.expiresAtMillis),
              current: session.sessionId === sessionId
            }))
          }),
        onFailure: storageFailure
      })
  ),
  implementForPlayer(revokeSessionsEndpoint, ({ payload: { session_id } }, { signedIn }) =>
    session_id === undefined
      ? Effect.map(endOthers(identity, signedIn), (revoked) => answered(200, { revoked }))
      : Effect.mapBoth(identity.revokeSession(signedIn.userId, SessionId.make(session_id)), {
        onSuccess: (was) => was ? answered(200, { revoked: 1 }) : refused("session_not_found"),
        onFailure: storageFailure
      })),
  ...secondFactorHandlers(identity)
]
