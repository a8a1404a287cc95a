/** Makes the tables of the ledger's verifiable log. */
import type { Ddl, Migration } from "./Migration.ts"

/**
 * What the log has of a transfer, written with it. Transfers that were booked before have neither: their leaf follows from
 * the row.
 */
const leaf = ({ bytes, hasLength }: Ddl): ReadonlyArray<string> => [
  `ALTER TABLE transfer ADD COLUMN salt ${bytes} CHECK (${hasLength("salt", 16)})`,
  `ALTER TABLE transfer ADD COLUMN leaf ${bytes}
    CHECK (${hasLength("leaf", 32)}) CHECK ((leaf IS NULL) = (salt IS NULL))`
]

/** Full tiles only: 256 hashes of one level, and the hash that they have together, which is one of the next level. */
const tile = ({ appendOnly, bytes, code, endClustered, hasLength, integer }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE tile (
    level ${code} NOT NULL CHECK (level BETWEEN 0 AND 7),
    idx ${integer} NOT NULL CHECK (idx >= 0),
    root ${bytes} NOT NULL CHECK (${hasLength("root", 32)}),
    hashes ${bytes} NOT NULL CHECK (${hasLength("hashes", 8192)}),
    PRIMARY KEY (level, idx)
  )${endClustered}`,
  ...appendOnly("tile")
]

const signedHead = ({ appendOnly, end, integer, text }: Ddl): ReadonlyArray<string> => [
  `CREATE TABLE signed_head (
    size ${integer} PRIMARY KEY CHECK (size >= 0),
    note ${text} NOT NULL,
    signed_at_millis ${integer} NOT NULL
  )${end}`,
  ...appendOnly("signed_head")
]

/** The fifth migration. The tree follows from the leaves, so that its tables are written after the transfers. */
export const ledgerLog: Migration = {
  id: 5,
  name: "ledger_log",
  statements: (ddl) => [leaf, tile, signedHead].flatMap((make) => make(ddl))
}
