/** Lists every migration, in order. */
import { base } from "./0001_base.ts"
import { ledger } from "./0002_ledger.ts"
import { payments } from "./0003_payments.ts"
import { tickets } from "./0004_tickets.ts"
import { ledgerLog } from "./0005_ledger_log.ts"
import { ledgerSpans } from "./0006_ledger_spans.ts"
import { reconciliation } from "./0007_reconciliation.ts"
import { rewards } from "./0008_rewards.ts"
import { identity } from "./0009_identity.ts"
import type { Migration } from "./Migration.ts"

/** What a database of this version has run. New ones go to the end. */
export const all: ReadonlyArray<Migration> = [
  base,
  ledger,
  payments,
  tickets,
  ledgerLog,
  ledgerSpans,
  reconciliation,
  rewards,
  identity
]
