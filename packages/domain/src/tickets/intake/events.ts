/** Words what others may want to know about money coming in. */
import { OutboxEvent } from "../../outbox/index.ts"
import type { PaymentRules } from "../../payments/index.ts"
import type { Ticket } from "../Ticket.ts"
import { isSuspended } from "../TicketRules.ts"

/** `payment.<state>` when a payment came to a state; nothing for lesser changes. */
export const paymentEvents = ({ after, before }: PaymentRules.PaymentChange): ReadonlyArray<OutboxEvent> => {
  if (before?.state === after.state) return []
  const payload = {
    rail: after.rail,
    transaction_id: after.transactionId,
    payment_id: after.target ?? "",
    asset: after.asset,
    amount: String(after.amountMinor),
    withheld_reason: after.withheldReason ?? ""
  }
  return [
    new OutboxEvent({ topic: `payment.${after.state}`, key: after.key, payload, atMillis: after.changedAtMillis })
  ]
}

/** A ticket before and after its credited sum changed. */
export interface TicketChange {
  readonly before: Ticket
  readonly after: Ticket
}

/** `ticket.suspended` when money that a token stands for vanished, `ticket.restored` when all of it is back. */
export const ticketEvents = ({ after, before }: TicketChange, atMillis: number): ReadonlyArray<OutboxEvent> => {
  if (isSuspended(before) === isSuspended(after)) return []
  const topic = isSuspended(after) ? "ticket.suspended" : "ticket.restored"
  const payload = { credited: String(after.creditedMinor), claimed: String(after.claimedMinor) }
  return [new OutboxEvent({ topic, key: after.id8, payload, atMillis })]
}
