/** Turns what happened to a payment into transfers, each derived from the payment so that it is booked once. */
import { type AccountCode, deriveTransferId, type LinkedSet, PostTransfer, ReasonCode } from "../ledger/index.ts"
import { type Payment, PaymentRules } from "../payments/index.ts"
import { accounts } from "./accounts.ts"

/** The steps of a payment, and the last one, which the ticket's claim adds. */
type Step = PaymentRules.BookStep | "claimed"

interface Leg {
  readonly debit: AccountCode
  readonly credit: AccountCode
  readonly reason: ReasonCode
}

const legs: Readonly<Record<Step, Leg>> = {
  received: { debit: accounts.wallet, credit: accounts.received, reason: ReasonCode.make("payment.received") },
  credited: { debit: accounts.received, credit: accounts.unclaimed, reason: ReasonCode.make("payment.credited") },
  withheld: { debit: accounts.received, credit: accounts.withheld, reason: ReasonCode.make("payment.withheld") },
  claimed: { debit: accounts.unclaimed, credit: accounts.claimed, reason: ReasonCode.make("ticket.claimed") }
}
const reversed = ReasonCode.make("payment.reversed")

const bookedId = (payment: Payment, step: Step) =>
  deriveTransferId("monero", payment.key, String(payment.reversals), step)

const undoneId = (payment: Payment, step: Step) =>
  deriveTransferId("monero", payment.key, String(payment.reversals), step, "reversed")

const described = (payment: Payment) => ({
  asset: payment.asset,
  amountMinor: payment.amountMinor,
  reference: payment.transactionId,
  idempotencyKey: null,
  effectiveAtMillis: null,
  metadata: { payment: payment.key, ...(payment.target === null ? {} : { payment_id: payment.target }) }
})

const book = (payment: Payment, step: Step): PostTransfer =>
  new PostTransfer({ ...described(payment), ...legs[step], id: bookedId(payment, step), reverses: null })

const undo = (payment: Payment, step: Step): PostTransfer =>
  new PostTransfer({
    ...described(payment),
    id: undoneId(payment, step),
    debit: legs[step].credit,
    credit: legs[step].debit,
    reason: reversed,
    reverses: bookedId(payment, step)
  })

const withClaimed = (steps: ReadonlyArray<Step>): ReadonlyArray<Step> =>
  steps.flatMap((step): ReadonlyArray<Step> => step === "credited" ? [step, "claimed"] : [step])

/**
 * The transfers of a change, all or nothing. What is credited to a claimed ticket goes on to the token at once, and
 * leaves it first when it vanishes. Empty when the books need not move.
 */
export const postingsOf = (
  change: PaymentRules.PaymentChange,
  isClaimed: (target: string | null) => boolean
): LinkedSet => {
  const { after, before } = change
  const steps = PaymentRules.bookings(change)
  const undone = before === undefined ? [] : stepsFor(steps.undo.toReversed(), isClaimed(before.target)).toReversed()
  const booked = stepsFor(steps.book, isClaimed(after.target))
  return [...undone.map((step) => undo(before!, step)), ...booked.map((step) => book(after, step))]
}

const stepsFor = (steps: ReadonlyArray<Step>, isClaimed: boolean): ReadonlyArray<Step> =>
  isClaimed ? withClaimed(steps) : steps

/** The transfers of a claim: one for each payment credited so far, so that each can be undone by itself. */
export const claimPostings = (credited: ReadonlyArray<Payment>): LinkedSet =>
  credited.map((payment) => book(payment, "claimed"))
