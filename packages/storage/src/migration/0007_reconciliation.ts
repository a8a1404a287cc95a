/** Makes the table of the last look at each rail. */
import type { Migration } from "./Migration.ts"

/** `differences` is JSON: what a person looks at, never what anything is searched by. */
export const reconciliation: Migration = {
  id: 7,
  name: "reconciliation",
  statements: ({ endChanging, integer, text }) => [
    `CREATE TABLE reconciliation (
      rail ${text} NOT NULL,
      asset ${text} NOT NULL,
      at_millis ${integer} NOT NULL,
      sound_at_millis ${integer},
      found ${integer} NOT NULL CHECK (found >= 0),
      differences ${text} NOT NULL,
      PRIMARY KEY (rail, asset)
    )${endChanging}`
  ]
}
