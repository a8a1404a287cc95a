/** Claims a ticket: claim, postings and event commit together. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { OutboxEvent } from "../../outbox/index.ts"
import type { Payment } from "../../payments/index.ts"
import { StorageError } from "../../transaction/index.ts"
import { claimPostings } from "../postings.ts"
import type { PaymentId, ServiceToken } from "../secret/index.ts"
import type { Id8, Ticket } from "../Ticket.ts"
import { creditedPayments } from "../TicketRules.ts"
import type { Desk } from "./desk.ts"
import { newToken } from "./makeToken.ts"

const credited = ({ payments }: Desk, id8: Id8): Effect.Effect<ReadonlyArray<Payment>, StorageError> =>
  Effect.map(payments.byTarget("monero", id8), creditedPayments)

const claimed = (ticket: Ticket, atMillis: number): OutboxEvent =>
  new OutboxEvent({
    topic: "ticket.claimed",
    key: ticket.id8,
    payload: { amount: String(ticket.creditedMinor) },
    atMillis
  })

/** The rows that the claim has just locked must add up to what the ticket says; else our own code is at fault. */
const postingsOf = Effect.fnUntraced(function*(desk: Desk, ticket: Ticket) {
  const payments = yield* credited(desk, ticket.id8)
  const sumMinor = payments.reduce((sum, payment) => sum + payment.amountMinor, 0n)
  if (sumMinor !== ticket.creditedMinor) {
    const cause = `ticket ${ticket.id8} has ${ticket.creditedMinor}, its payments ${sumMinor}`
    return yield* new StorageError({ failure: "Broken", operation: "claimTicket", cause })
  }
  return claimPostings(payments)
})

const nothing = { sets: [], value: Option.none() }

/** None when the ticket can not be claimed any more: look again. Must run in a transaction. */
const claimOnce = Effect.fnUntraced(function*(desk: Desk, pid: PaymentId, id8: Id8) {
  const [first] = yield* credited(desk, id8)
  if (first === undefined) return nothing
  const claimedAtMillis = yield* Clock.currentTimeMillis
  const format = desk.settings.tokenFormat ?? 2
  const made = newToken(desk.keys, { pid, transactionId: first.transactionId, format, claimedAtMillis })
  const ticket = yield* desk.tickets.claim(id8, made.claim, desk.settings.requiredMinor)
  if (Option.isNone(ticket)) return nothing
  const set = yield* postingsOf(desk, ticket.value)
  yield* desk.outbox.append([claimed(ticket.value, claimedAtMillis)])
  return { sets: [set], value: Option.some({ token: made.token, balanceMinor: ticket.value.creditedMinor }) }
})

/** Claims for this secret, or answers none when another was first or the money has gone. */
export const claimTicket = (
  desk: Desk,
  pid: PaymentId,
  id8: Id8
): Effect.Effect<Option.Option<{ readonly token: ServiceToken; readonly balanceMinor: bigint }>, StorageError> =>
  desk.ledger.postWith(claimOnce(desk, pid, id8)).pipe(
    Effect.map(({ value }) => value),
    // What the books hold for a ticket can always be claimed: a refusal would be our own fault.
    Effect.catchTag("LedgerError", Effect.die)
  )
