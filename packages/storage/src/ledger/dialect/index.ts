/** Chooses how the ledger reads and writes by the database at hand. */
import type { DialectName } from "../../Dialect.ts"
import type { LedgerDialect } from "./LedgerDialect.ts"
import { postgres } from "./postgres.ts"
import { sqlite } from "./sqlite.ts"

/** The ways of each database. */
export const dialects: Readonly<Record<DialectName, () => LedgerDialect>> = { sqlite, postgres }
