/** Makes the table of tickets. */
import type { Migration } from "./Migration.ts"

/** States: 1 unclaimed, 2 claimed, 3 revoked. Neither a payment id nor a token is ever kept, only their hashes. */
export const tickets: Migration = {
  id: 4,
  name: "tickets",
  statements: ({ bytes, code, end, hasLength, integer, text }) => [
    `CREATE TABLE ticket (
      id8 ${bytes} PRIMARY KEY CHECK (${hasLength("id8", 8)}),
      state ${code} NOT NULL CHECK (state BETWEEN 1 AND 3),
      credited_minor ${integer} NOT NULL CHECK (credited_minor >= 0),
      claimed_minor ${integer} NOT NULL CHECK (claimed_minor >= 0),
      first_seen_at_millis ${integer} NOT NULL,
      commitment ${bytes} UNIQUE CHECK (${hasLength("commitment", 32)}),
      token_hash ${bytes} UNIQUE CHECK (${hasLength("token_hash", 32)}),
      token_format ${code},
      key_id ${text},
      transaction_id ${bytes} CHECK (${hasLength("transaction_id", 32)}),
      claimed_at_millis ${integer},
      revoke_reason ${text},
      abuse_score ${integer},
      revoked_at_millis ${integer},
      CHECK ((state = 1) = (commitment IS NULL)),
      CHECK ((commitment IS NULL) = (token_hash IS NULL)),
      CHECK ((state = 3) = (revoked_at_millis IS NOT NULL))
    )${end}`
  ]
}
