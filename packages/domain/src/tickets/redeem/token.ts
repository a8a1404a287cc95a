/** Looks at tokens and takes them back. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { AuditEntry } from "../../audit/index.ts"
import { OutboxEvent } from "../../outbox/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { ServiceToken } from "../secret/index.ts"
import { Revocation, type Ticket, type TokenHash } from "../Ticket.ts"
import { TokenNotFound } from "../TicketError.ts"
import { tokenStatus } from "../TicketRules.ts"
import type { RevokeRequest, TokenView } from "../Tickets.ts"
import type { Desk } from "./desk.ts"

const view = (ticket: Ticket): TokenView => ({
  status: tokenStatus(ticket),
  amountMinor: ticket.creditedMinor,
  issuedAtMillis: ticket.claim?.claimedAtMillis ?? ticket.firstSeenAtMillis,
  revokedAtMillis: ticket.revocation?.revokedAtMillis ?? null,
  abuseScore: ticket.revocation?.abuseScore ?? 0
})

const found = <A>(looked: Effect.Effect<Option.Option<A>, StorageError>) =>
  Effect.flatMap(looked, Option.match({ onNone: () => Effect.fail(new TokenNotFound()), onSome: Effect.succeed }))

/** See `Tickets.tokenStatus`. */
export const lookAtToken = (
  { tickets }: Desk,
  token: ServiceToken
): Effect.Effect<TokenView, TokenNotFound | StorageError> =>
  Effect.map(found(tickets.byTokenHash(ServiceToken.hash(token))), view)

const auditEntry = (request: RevokeRequest, hash: TokenHash, atMillis: number): AuditEntry =>
  new AuditEntry({
    actor: request.actor,
    action: "token.revoke",
    subject: hash,
    details: {
      abuse_score: String(request.abuseScore),
      ...(request.reason === null ? {} : { reason: request.reason })
    },
    correlationId: request.correlationId,
    atMillis
  })

const revokedEvent = (hash: TokenHash, abuseScore: number, atMillis: number): OutboxEvent =>
  new OutboxEvent({ topic: "token.revoked", key: hash, payload: { abuse_score: String(abuseScore) }, atMillis })

/** Only the revocation that took hold is a deed: it alone goes into the audit log. */
const revokeOnce = Effect.fnUntraced(function*(desk: Desk, request: RevokeRequest) {
  const { abuseScore, reason } = request
  const hash = ServiceToken.hash(request.token)
  const revokedAtMillis = yield* Clock.currentTimeMillis
  const revocation = new Revocation({ reason, abuseScore, revokedAtMillis })
  const { isNew, ticket } = yield* found(desk.tickets.revoke(hash, revocation))
  if (!isNew) return view(ticket)
  yield* desk.audit.append(auditEntry(request, hash, revokedAtMillis))
  yield* desk.outbox.append([revokedEvent(hash, abuseScore, revokedAtMillis)])
  return view(ticket)
})

/** See `Tickets.revoke`. */
export const revokeToken = (
  desk: Desk,
  request: RevokeRequest
): Effect.Effect<TokenView, TokenNotFound | StorageError> => desk.transaction.atomically(revokeOnce(desk, request))
