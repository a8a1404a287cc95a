/** Decides where a ticket stands: pure, total, without clock or store. */
import { type ConfirmationPolicy, type Payment, PaymentRules } from "../payments/index.ts"
import { equalHexInConstantTime } from "./constantTime.ts"
import type { Commitment, Ticket, TokenStatus } from "./Ticket.ts"

/** Money that the token stands for has vanished and has not come back. */
export const isSuspended = (ticket: Ticket): boolean => ticket.creditedMinor < ticket.claimedMinor

/** Revoked is for ever; suspended lasts while money is missing. */
export const tokenStatus = (ticket: Ticket): TokenStatus => {
  if (ticket.revocation !== null) return "revoked"
  return isSuspended(ticket) ? "suspended" : "active"
}

/**
 * Where a ticket stands towards one secret.
 *
 * - `ClaimedAlready`: by this secret. `ClaimedByAnother`: by another one with the same id; for ever.
 * - `Claimable`: credited with what is required.
 * - `Underpaid`: all that was seen and can be credited, the pool included, does not reach it.
 * - `Waiting`: it does, once a payment is final that now is in the pool or has `confirmations` of `required`.
 */
export type Standing =
  | { readonly _tag: "ClaimedAlready" }
  | { readonly _tag: "ClaimedByAnother" }
  | { readonly _tag: "Claimable" }
  | { readonly _tag: "Underpaid"; readonly receivedMinor: bigint; readonly requiredMinor: bigint }
  | {
    readonly _tag: "Waiting"
    readonly state: "pool" | "confirming"
    readonly confirmations: number
    readonly required: number
  }

/** What the operator demands. At least 1 piconero is required whatever the settings say. */
export interface TicketPolicy extends ConfirmationPolicy {
  readonly requiredMinor: bigint
}

const canStillBeCredited = (payment: Payment): boolean =>
  payment.withheldReason === null && (payment.state === "seen" || payment.state === "confirming")

const missing = (policy: TicketPolicy, payment: Payment): number =>
  PaymentRules.requiredConfirmations(policy, payment.amountMinor) - payment.confirmations

const waitFor = (policy: TicketPolicy, payment: Payment): Standing => ({
  _tag: "Waiting",
  state: payment.state === "seen" ? "pool" : "confirming",
  confirmations: payment.confirmations,
  required: PaymentRules.requiredConfirmations(policy, payment.amountMinor)
})

const requiredOf = ({ requiredMinor }: TicketPolicy): bigint => requiredMinor > 0n ? requiredMinor : 1n

/** Payments become final in the order of what they lack; the one that reaches the sum is the one to wait for. */
const whenPaid = (ticket: Ticket, payments: ReadonlyArray<Payment>, policy: TicketPolicy): Standing => {
  const soonestFirst = payments.filter(canStillBeCredited)
    .toSorted((left, right) => missing(policy, left) - missing(policy, right))
  const requiredMinor = requiredOf(policy)
  let receivedMinor = ticket.creditedMinor
  for (const payment of soonestFirst) {
    receivedMinor += payment.amountMinor
    if (receivedMinor >= requiredMinor) return waitFor(policy, payment)
  }
  return { _tag: "Underpaid", receivedMinor, requiredMinor }
}

/** Judges a ticket by its payments, of which it is enough to bring those that are not credited yet. */
export const standing = (
  ticket: Ticket,
  payments: ReadonlyArray<Payment>,
  wanted: { readonly commitment: Commitment; readonly policy: TicketPolicy }
): Standing => {
  const { commitment, policy } = wanted
  if (ticket.claim !== null) {
    const isOurs = equalHexInConstantTime(ticket.claim.commitment, commitment)
    return { _tag: isOurs ? "ClaimedAlready" : "ClaimedByAnother" }
  }
  return ticket.creditedMinor >= requiredOf(policy)
    ? { _tag: "Claimable" }
    : whenPaid(ticket, payments, policy)
}

const byPlaceOnChain = (left: Payment, right: Payment): number =>
  (left.height ?? 0) - (right.height ?? 0) || (left.key < right.key ? -1 : 1)

/** Payments that are credited now, lowest block first, then by key. The first one's transaction makes the token. */
export const creditedPayments = (payments: ReadonlyArray<Payment>): ReadonlyArray<Payment> =>
  payments.filter((payment) => payment.bookedAs === "credited").toSorted(byPlaceOnChain)
