/** Makes the table that tells where in the log some time is, in place of an index that every posting pays for. */
import type { Migration } from "./Migration.ts"

/**
 * The sixth migration. A span sums up a full stretch of the log: 1,024 transfers on level 0, 64 spans on level 1. Strays
 * are transfers of level 0 whose time of effect lies outside its range: `[[sequence, millis], …]`; earliest and latest take
 * them in. Spans follow from the transfers and are written after them.
 */
export const ledgerSpans: Migration = {
  id: 6,
  name: "ledger_spans",
  statements: ({ appendOnly, code, endClustered, integer, text }) => [
    `CREATE TABLE span (
      level ${code} NOT NULL CHECK (level IN (0, 1)),
      idx ${integer} NOT NULL CHECK (idx >= 0),
      effective_from_millis ${integer} NOT NULL,
      effective_to_millis ${integer} NOT NULL,
      earliest_millis ${integer} NOT NULL,
      latest_millis ${integer} NOT NULL,
      booked_from_millis ${integer} NOT NULL,
      booked_to_millis ${integer} NOT NULL,
      strays ${text} NOT NULL,
      PRIMARY KEY (level, idx)
    )${endClustered}`,
    ...appendOnly("span"),
    "DROP INDEX transfer_booked"
  ]
}
