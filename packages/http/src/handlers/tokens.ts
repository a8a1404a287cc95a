/** Translates looks at tokens, and revocations. */
import { revokeEndpoint, tokenEndpoint, type TokenState } from "@purser/contract"
import { ServiceToken, type Tickets, type TokenNotFound, type TokenView } from "@purser/domain/tickets"
import type { StorageError } from "@purser/domain/transaction"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { implement, type Implementation } from "../server/Implementation.ts"
import { answered, refused, type Reply } from "../server/Reply.ts"

const instant = (millis: number): DateTime.Utc => DateTime.makeUnsafe(millis)

const told = (view: TokenView): TokenState => ({
  status: view.status,
  amount: view.amountMinor,
  issued_at: instant(view.issuedAtMillis),
  revoked_at: view.revokedAtMillis === null ? null : instant(view.revokedAtMillis),
  abuse_score: view.abuseScore
})

const reply = (
  looked: Effect.Effect<TokenView, TokenNotFound | StorageError>
): Effect.Effect<Reply<TokenState>, StorageError> =>
  looked.pipe(
    Effect.map((view): Reply<TokenState> => answered(200, told(view))),
    Effect.catchTag("TokenNotFound", () => Effect.succeed(refused("token_not_found")))
  )

/** The contract has checked the digits already. */
const tokenOf = (text: string): ServiceToken => Result.getOrThrow(ServiceToken.parse(text))

/** `GET /api/v1/token/:token`. */
export const lookAtToken = (tickets: Tickets["Service"]): Implementation =>
  implement(tokenEndpoint, ({ params }) => reply(tickets.tokenStatus(tokenOf(params.token))))

/** `POST /api/v1/token/:token/revoke`. */
export const revokeToken = (tickets: Tickets["Service"]): Implementation =>
  implement(revokeEndpoint, ({ params, payload }, { correlationId, principal }) =>
    reply(tickets.revoke({
      token: tokenOf(params.token),
      reason: payload.reason ?? null,
      abuseScore: payload.abuse_score ?? 0,
      actor: principal,
      correlationId
    })))
