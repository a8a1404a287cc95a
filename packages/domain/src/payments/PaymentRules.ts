/** Decides what becomes of a payment when the rail is looked at: pure, total, without clock or store. */
import { Asset } from "../money/index.ts"
import { type BookedAs, Payment, type PaymentState, type WithheldReason } from "./Payment.ts"
import type { ConfirmationPolicy, Observation } from "./Scan.ts"

/** Payments are looked at again until they are that many blocks deep; what is deeper counts as final. */
export const recheckDepth = 60

/** How many confirmations an amount needs: the highest tier that it reaches, never below the policy's least. */
export const requiredConfirmations = (policy: ConfirmationPolicy, amountMinor: bigint): number =>
  policy.confirmationTiers
    .filter((tier) => amountMinor >= tier.fromMinor)
    .reduce((most, tier) => Math.max(most, tier.confirmations), policy.confirmations)

/** Blocks on top of and including the payment's: wallet height (a count) minus its height, 0 in the pool. */
export const confirmationsOf = (height: number | null, walletHeight: number): number =>
  height === null ? 0 : Math.max(0, walletHeight - height)

/** Why a payment will never be credited; null when it can be. The first that holds is the answer. */
export const withheldReason = (
  seen: Pick<Observation, "unlockTime" | "target" | "ownChange">
): WithheldReason | null => {
  if (seen.unlockTime !== 0n) return "time_locked"
  if (seen.ownChange) return "own_change"
  return seen.target === null ? "no_target" : null
}

/** What the decision rests on besides the payment. While the wallet is ahead of the daemon nothing is credited. */
export interface Outlook {
  readonly policy: ConfirmationPolicy
  readonly walletHeight: number
  readonly isCreditingPaused: boolean
  readonly atMillis: number
}

/** A payment before and after a look. `before` is undefined for one seen for the first time. */
export interface PaymentChange {
  readonly before: Payment | undefined
  readonly after: Payment
}

const isAttributed = (bookedAs: BookedAs): boolean => bookedAs === "credited" || bookedAs === "withheld"

/** Once final it stays so while it keeps its block; in another block it must become final again. */
const isFinal = (before: Payment | undefined, seen: Observation, outlook: Outlook): boolean => {
  if (before !== undefined && isAttributed(before.bookedAs) && before.height === seen.height) return true
  const required = requiredConfirmations(outlook.policy, seen.amountMinor)
  return !outlook.isCreditingPaused && confirmationsOf(seen.height, outlook.walletHeight) >= required
}

const stateOf = (before: Payment | undefined, seen: Observation, outlook: Outlook): PaymentState => {
  if (seen.height === null) return "seen"
  if (!isFinal(before, seen, outlook)) return "confirming"
  return withheldReason(seen) === null ? "credited" : "withheld"
}

const bookedIn: Readonly<Record<PaymentState, BookedAs>> = {
  seen: "nothing",
  confirming: "received",
  credited: "credited",
  withheld: "withheld",
  orphaned: "nothing"
}

/** Whether what was booked can stay and be added to; otherwise all of it is reversed first. */
const staysBooked = (before: Payment, after: Pick<Payment, "amountMinor" | "target" | "bookedAs">): boolean =>
  before.bookedAs === "nothing" ||
  before.amountMinor === after.amountMinor && before.target === after.target &&
    (before.bookedAs === after.bookedAs || before.bookedAs === "received" && isAttributed(after.bookedAs))

const reversalsOf = (
  before: Payment | undefined,
  after: Pick<Payment, "amountMinor" | "target" | "bookedAs">
): number => before === undefined ? 0 : before.reversals + (staysBooked(before, after) ? 0 : 1)

/** A popped transaction shows up in the pool with amount 0: the wallet no longer knows how much it was. */
const withKnownAmount = (before: Payment | undefined, seen: Observation): Observation =>
  seen.amountMinor > 0n ? seen : { ...seen, amountMinor: before?.amountMinor ?? 0n }

const paymentSeen = (before: Payment | undefined, seen: Observation, outlook: Outlook): Payment => {
  const state = stateOf(before, seen, outlook)
  const bookedAs = bookedIn[state]
  const { amountMinor, doubleSpendSeen, height, key, target, transactionId, unlockTime } = seen
  return new Payment({
    rail: "monero",
    key,
    transactionId,
    target,
    asset: Asset.XMR.code,
    amountMinor,
    state,
    withheldReason: withheldReason(seen),
    bookedAs,
    reversals: reversalsOf(before, { amountMinor, target, bookedAs }),
    height,
    confirmations: confirmationsOf(height, outlook.walletHeight),
    unlockTime,
    doubleSpendSeen: doubleSpendSeen || before?.doubleSpendSeen === true,
    firstSeenAtMillis: before?.firstSeenAtMillis ?? outlook.atMillis,
    changedAtMillis: before?.state === state ? before.changedAtMillis : outlook.atMillis
  })
}

/** The fields that can change by a look; confirmations of a settled payment are not worth a write. */
const isSame = (before: Payment, after: Payment): boolean =>
  before.state === after.state && before.height === after.height && before.amountMinor === after.amountMinor &&
  before.target === after.target && before.withheldReason === after.withheldReason &&
  before.doubleSpendSeen === after.doubleSpendSeen &&
  (before.confirmations === after.confirmations || isAttributed(after.bookedAs))

/** What becomes of a payment that the rail shows. Undefined when nothing changed, or when no amount was ever known. */
export const observe = (
  before: Payment | undefined,
  observation: Observation,
  outlook: Outlook
): PaymentChange | undefined => {
  const seen = withKnownAmount(before, observation)
  if (seen.amountMinor <= 0n) return undefined
  const after = paymentSeen(before, seen, outlook)
  return before !== undefined && isSame(before, after) ? undefined : { before, after }
}

/** What becomes of a payment that the rail no longer knows. Undefined when it is orphaned already. */
export const vanish = (before: Payment, atMillis: number): PaymentChange | undefined => {
  if (before.state === "orphaned") return undefined
  const reversals = before.reversals + (before.bookedAs === "nothing" ? 0 : 1)
  const gone = { state: "orphaned", bookedAs: "nothing", height: null, confirmations: 0 } as const
  return { before, after: new Payment({ ...before, ...gone, reversals, changedAtMillis: atMillis }) }
}

/** A step of a payment through the books; each is one transfer. */
export type BookStep = "received" | "credited" | "withheld"

/** Steps to undo (last booked first), under the reversal count that they were booked with, and steps to book. */
export interface Bookings {
  readonly undo: ReadonlyArray<BookStep>
  readonly book: ReadonlyArray<BookStep>
}

const stepsTo = (bookedAs: BookedAs): ReadonlyArray<BookStep> => {
  if (bookedAs === "nothing") return []
  return bookedAs === "received" ? ["received"] : ["received", bookedAs]
}

/** How the books follow a change. After a reversal everything that still holds is booked anew, under a new count. */
export const bookings = ({ after, before }: PaymentChange): Bookings => {
  const had = before === undefined ? [] : stepsTo(before.bookedAs)
  const isReversed = before !== undefined && before.reversals !== after.reversals
  return isReversed
    ? { undo: had.toReversed(), book: stepsTo(after.bookedAs) }
    : { undo: [], book: stepsTo(after.bookedAs).slice(had.length) }
}

const creditedIn = (payment: Payment | undefined): bigint => payment?.bookedAs === "credited" ? payment.amountMinor : 0n

/** What a change adds to what its target has been credited; negative when money left. */
export const creditedDelta = ({ after, before }: PaymentChange): bigint => creditedIn(after) - creditedIn(before)
