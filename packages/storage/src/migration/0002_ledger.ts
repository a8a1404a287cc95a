/** Makes the tables of the ledger. */
import type { Ddl, Migration } from "./Migration.ts"

const totals = ({ integer }: Ddl): string =>
  ["debits_posted_minor", "debits_pending_minor", "credits_posted_minor", "credits_pending_minor"]
    .map((total) => `${total} ${integer} NOT NULL CHECK (${total} >= 0),`).join("\n      ")

const account = (ddl: Ddl): ReadonlyArray<string> => {
  const { code, counted, endChanging, integer, text } = ddl
  return [
    `CREATE TABLE account (
      id ${counted},
      code ${text} NOT NULL UNIQUE,
      asset ${text} NOT NULL,
      normal_side ${code} NOT NULL CHECK (normal_side IN (1, 2)),
      balance_rule ${code} NOT NULL CHECK (balance_rule BETWEEN 1 AND 3),
      overdraft_minor ${integer} NOT NULL CHECK (overdraft_minor >= 0),
      metadata ${text} NOT NULL,
      state ${code} NOT NULL CHECK (state IN (1, 2)),
      ${totals(ddl)}
      version ${integer} NOT NULL CHECK (version >= 0),
      opened_at_millis ${integer} NOT NULL,
      CHECK (balance_rule <> 2
        OR debits_posted_minor + debits_pending_minor - credits_posted_minor <= overdraft_minor),
      CHECK (balance_rule <> 3
        OR credits_posted_minor + credits_pending_minor - debits_posted_minor <= overdraft_minor)
    )${endChanging}`
  ]
}

const transfer = ({ appendOnly, code, end, integer, text, uuid }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE transfer (
    sequence ${integer} PRIMARY KEY CHECK (sequence > 0),
    id ${uuid} NOT NULL,
    kind ${code} NOT NULL CHECK (kind BETWEEN 1 AND 5),
    debit_id ${integer} NOT NULL,
    credit_id ${integer} NOT NULL,
    asset ${text} NOT NULL,
    amount_minor ${integer} NOT NULL CHECK (amount_minor > 0),
    reason ${text} NOT NULL,
    reference ${text},
    idempotency_key ${text},
    pending_id ${uuid},
    reverses ${uuid},
    expires_at_millis ${integer},
    effective_at_millis ${integer} NOT NULL,
    booked_at_millis ${integer} NOT NULL,
    metadata ${text} NOT NULL,
    CHECK (debit_id <> credit_id),
    CHECK ((kind >= 3) = (pending_id IS NOT NULL)),
    CHECK (kind = 1 OR reverses IS NULL),
    CHECK (kind = 2 OR expires_at_millis IS NULL)
  )${end}`,
  "CREATE UNIQUE INDEX transfer_id ON transfer (id)",
  "CREATE UNIQUE INDEX transfer_idempotency_key ON transfer (idempotency_key) WHERE idempotency_key IS NOT NULL",
  // A hold ends once, and a transfer is reversed once.
  "CREATE UNIQUE INDEX transfer_pending_id ON transfer (pending_id) WHERE pending_id IS NOT NULL",
  "CREATE UNIQUE INDEX transfer_reverses ON transfer (reverses) WHERE reverses IS NOT NULL",
  "CREATE INDEX transfer_reference ON transfer (reference, sequence) WHERE reference IS NOT NULL",
  "CREATE INDEX transfer_reason ON transfer (reason, sequence)",
  "CREATE INDEX transfer_booked ON transfer (booked_at_millis)",
  // Most transfers are posts: those are found by walking the log.
  "CREATE INDEX transfer_kind ON transfer (kind, sequence) WHERE kind <> 1",
  ...appendOnly("transfer")
]

/** The metadata of transfers once more, an entry a row, to be searched by. */
const transferMetadata = ({ appendOnly, endClustered, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE transfer_metadata (
    name ${text} NOT NULL,
    value ${text} NOT NULL,
    sequence ${integer} NOT NULL,
    PRIMARY KEY (name, value, sequence)
  )${endClustered}`,
  ...appendOnly("transfer_metadata")
]

const entry = (ddl: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE entry (
    account_id ${ddl.integer} NOT NULL,
    version ${ddl.integer} NOT NULL CHECK (version > 0),
    sequence ${ddl.integer} NOT NULL,
    ${totals(ddl)}
    PRIMARY KEY (account_id, version)
  )${ddl.endClustered}`,
  "CREATE UNIQUE INDEX entry_sequence ON entry (account_id, sequence)",
  ...ddl.appendOnly("entry")
]

const hold = ({ code, endChanging, integer, uuid }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE hold (
    id ${uuid} PRIMARY KEY,
    state ${code} NOT NULL CHECK (state BETWEEN 1 AND 4),
    expires_at_millis ${integer}
  )${endChanging}`,
  "CREATE INDEX hold_due ON hold (expires_at_millis, id) WHERE state = 1 AND expires_at_millis IS NOT NULL"
]

/**
 * The second migration. Codes: see `ledger/rows.ts`. Rows name accounts by a small number; their codes stay the identity
 * outside. There are no foreign keys: rows of the log are only written from account rows that the same transaction has
 * locked, and checking them again would cost more than writing them; `verify` finds what does not fit.
 */
export const ledger: Migration = {
  id: 2,
  name: "ledger",
  statements: (ddl) => [
    ...[account, transfer, transferMetadata, entry, hold].flatMap((make) => make(ddl)),
    "INSERT INTO head (name, last) VALUES ('ledger', 0)"
  ]
}
