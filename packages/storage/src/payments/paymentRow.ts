/** Maps payments to rows and back. */
import { Asset } from "@purser/domain/money"
import {
  type BookedAs,
  Payment,
  PaymentKey,
  type PaymentState,
  type Rail,
  type WithheldReason
} from "@purser/domain/payments"
import { codes } from "../codes.ts"
import type { ColumnTypes } from "../dialect/givenRows.ts"

/** A row of `payment`. Codes are small integers, see below; `unlock_time` is decimal: it can be any unsigned 64-bit number. */
export interface PaymentRow {
  readonly rail: bigint
  readonly payment_key: string
  readonly transaction_id: string
  readonly target: string | null
  readonly asset: string
  readonly amount_minor: bigint
  readonly state: bigint
  readonly withheld_reason: bigint | null
  readonly booked_as: bigint
  readonly reversals: bigint
  readonly height: bigint | null
  readonly confirmations: bigint
  readonly unlock_time: string
  readonly double_spend_seen: bigint
  readonly first_seen_at_millis: bigint
  readonly changed_at_millis: bigint
}

/** The columns of `payment`. */
export const paymentColumns: ColumnTypes<PaymentRow> = {
  rail: "code",
  payment_key: "text",
  transaction_id: "text",
  target: "text",
  asset: "text",
  amount_minor: "integer",
  state: "code",
  withheld_reason: "code",
  booked_as: "code",
  reversals: "integer",
  height: "integer",
  confirmations: "integer",
  unlock_time: "text",
  double_spend_seen: "code",
  first_seen_at_millis: "integer",
  changed_at_millis: "integer"
}

/** Numbers of rails. */
export const rails = codes<Rail>("rail", { monero: 1n, stars: 2n, card: 3n })
/** Numbers of states. */
export const states = codes<PaymentState>("payment state", {
  seen: 1n,
  confirming: 2n,
  credited: 3n,
  withheld: 4n,
  orphaned: 5n
})
const reasons = codes<WithheldReason>("reason to withhold", { time_locked: 1n, no_target: 2n, own_change: 3n })
const places = codes<BookedAs>("place in the books", { nothing: 1n, received: 2n, credited: 3n, withheld: 4n })

const orNull = <A, B>(value: A | null, map: (value: A) => B): B | null => value === null ? null : map(value)

/** The row of a payment. */
export const rowOf = (payment: Payment): PaymentRow => ({
  rail: rails.codeOf(payment.rail),
  payment_key: payment.key,
  transaction_id: payment.transactionId,
  target: payment.target,
  asset: payment.asset,
  amount_minor: payment.amountMinor,
  state: states.codeOf(payment.state),
  withheld_reason: orNull(payment.withheldReason, reasons.codeOf),
  booked_as: places.codeOf(payment.bookedAs),
  reversals: BigInt(payment.reversals),
  height: orNull(payment.height, BigInt),
  confirmations: BigInt(payment.confirmations),
  unlock_time: String(payment.unlockTime),
  double_spend_seen: payment.doubleSpendSeen ? 1n : 0n,
  first_seen_at_millis: BigInt(payment.firstSeenAtMillis),
  changed_at_millis: BigInt(payment.changedAtMillis)
})

/** The payment of a row. Throws where the row fits no payment. */
export const paymentOf = (row: PaymentRow): Payment =>
  new Payment({
    rail: rails.nameOf(row.rail),
    key: PaymentKey.make(row.payment_key),
    transactionId: row.transaction_id,
    target: row.target,
    asset: Asset.AssetCode.make(row.asset),
    amountMinor: row.amount_minor,
    state: states.nameOf(row.state),
    withheldReason: orNull(row.withheld_reason, reasons.nameOf),
    bookedAs: places.nameOf(row.booked_as),
    reversals: Number(row.reversals),
    height: orNull(row.height, Number),
    confirmations: Number(row.confirmations),
    unlockTime: BigInt(row.unlock_time),
    doubleSpendSeen: row.double_spend_seen === 1n,
    firstSeenAtMillis: Number(row.first_seen_at_millis),
    changedAtMillis: Number(row.changed_at_millis)
  })
