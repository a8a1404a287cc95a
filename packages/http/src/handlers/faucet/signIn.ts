/** Translates signing in. */
import { callbackEndpoint, loginEndpoint } from "@purser/contract/faucet"
import type { Players } from "@purser/domain/faucet"
import type { Identity, LoginFinished } from "@purser/domain/identity"
import type { Player } from "@purser/domain/rewards"
import { regionOf } from "@purser/domain/risk"
import * as Effect from "effect/Effect"
import { implement, type Implementation } from "../../server/Implementation.ts"
import { movedTo } from "../../server/Reply.ts"
import { storageFailure } from "../../sessions/guards.ts"
import { replied } from "./refusals.ts"

/** What signing in needs, and where who is signed in goes unless a page was asked for. */
export interface SignIn {
  readonly identity: Identity["Service"]
  readonly players: Players["Service"]
  readonly afterSignIn: string
}

const memberships = { member: "member", not_member: "left", unknown: "unknown" } as const

/** A player who can not earn yet is told first what to do about it. */
const placeFor = (player: Player, returnTo: string): string => {
  if (player.membership === "left") return "/help/not-member"
  return player.link === "not_linked" ? "/help/not-linked" : returnTo
}

/** `GET /auth/discord/login` and `/callback`. */
export const signInHandlers = ({ afterSignIn, identity, players }: SignIn): ReadonlyArray<Implementation> => {
  const arrived = ({ membership, signedIn }: LoginFinished, regionHint: string | undefined) =>
    players.arrive({
      playerId: signedIn.userId,
      discordId: signedIn.discordId,
      discordName: signedIn.discordName,
      membership: memberships[membership],
      region: regionOf(regionHint)
    })
  return [
    implement(loginEndpoint, ({ query }) =>
      Effect.mapBoth(identity.beginLogin({ returnTo: query.return_to }), {
        onSuccess: ({ location, setCookies }) => movedTo(location, { cookies: setCookies }),
        onFailure: storageFailure
      })),
    implement(callbackEndpoint, ({ query: { code, error, state } }, { cookieHeader, regionHint }) => {
      const finished = identity.finishLogin({ code, error, state, cookieHeader }).pipe(
        Effect.catchTag("IdentityError", (failure) => Effect.fail(storageFailure(failure))),
        Effect.flatMap((login) => Effect.map(arrived(login, regionHint), (player) => ({ login, player })))
      )
      return replied(
        finished,
        ({ login, player }) => movedTo(placeFor(player, login.returnTo ?? afterSignIn), { cookies: login.setCookies })
      )
    })
  ]
}
