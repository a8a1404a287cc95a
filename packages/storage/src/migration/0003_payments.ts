/** Makes the tables of incoming payments. */
import type { Migration } from "./Migration.ts"

/** Codes: see `payments/paymentRow.ts`. A lock can be any unsigned 64-bit number, so it is kept in decimal. */
export const payments: Migration = {
  id: 3,
  name: "payments",
  statements: ({ code, end, integer, text }) => [
    `CREATE TABLE payment (
      rail ${code} NOT NULL,
      payment_key ${text} NOT NULL,
      transaction_id ${text} NOT NULL,
      target ${text},
      asset ${text} NOT NULL,
      amount_minor ${integer} NOT NULL CHECK (amount_minor > 0),
      state ${code} NOT NULL CHECK (state BETWEEN 1 AND 5),
      withheld_reason ${code},
      booked_as ${code} NOT NULL CHECK (booked_as BETWEEN 1 AND 4),
      reversals ${integer} NOT NULL,
      height ${integer},
      confirmations ${integer} NOT NULL,
      unlock_time ${text} NOT NULL,
      double_spend_seen ${code} NOT NULL CHECK (double_spend_seen IN (0, 1)),
      first_seen_at_millis ${integer} NOT NULL,
      changed_at_millis ${integer} NOT NULL,
      PRIMARY KEY (rail, payment_key)
    )${end}`,
    "CREATE INDEX payment_target ON payment (rail, target) WHERE target IS NOT NULL",
    "CREATE INDEX payment_state ON payment (rail, state, first_seen_at_millis, payment_key)",
    "CREATE INDEX payment_height ON payment (rail, height)",
    `CREATE TABLE rail_cursor (
      rail ${code} PRIMARY KEY,
      height ${integer} NOT NULL
    )${end}`
  ]
}
