/** Gathers every store of the domain on the database at hand. */
import type { AuditLog } from "@purser/domain/audit"
import type { FaucetFigures, JobRuns, PayoutConfigStore } from "@purser/domain/faucet"
import type { IdempotencyStore } from "@purser/domain/idempotency"
import type { LedgerArchive, LedgerLog, LedgerStore } from "@purser/domain/ledger"
import type { Outbox } from "@purser/domain/outbox"
import type { PaymentStore } from "@purser/domain/payments"
import type { BlockStore, PayoutStore } from "@purser/domain/payouts"
import type { ReconciliationStore } from "@purser/domain/reconciliation"
import type { EarningStore, PlayerStore, WalletStore } from "@purser/domain/rewards"
import type { RiskStore } from "@purser/domain/risk"
import type { TicketStore } from "@purser/domain/tickets"
import * as Layer from "effect/Layer"
import { layer as auditLog } from "./audit/AuditLogSql.ts"
import type { Services } from "./Database.ts"
import { layer as figures } from "./faucet/FaucetFiguresSql.ts"
import { layer as jobRuns } from "./faucet/JobRunsSql.ts"
import { layer as payoutConfig } from "./faucet/PayoutConfigStoreSql.ts"
import { layer as answers } from "./idempotency/IdempotencyStoreSql.ts"
import { layer as ledgerArchive } from "./ledger/archive/LedgerArchiveSql.ts"
import { layer as ledger } from "./ledger/LedgerStoreSql.ts"
import { layer as ledgerLog } from "./ledger/log/LedgerLogSql.ts"
import { layer as outbox } from "./outbox/OutboxSql.ts"
import { layer as payments } from "./payments/PaymentStoreSql.ts"
import { layer as blocks } from "./payouts/BlockStoreSql.ts"
import { layer as payouts } from "./payouts/PayoutStoreSql.ts"
import { layer as reconciliation } from "./reconciliation/ReconciliationStoreSql.ts"
import { layer as earnings } from "./rewards/EarningStoreSql.ts"
import { layer as players } from "./rewards/PlayerStoreSql.ts"
import { layer as wallets } from "./rewards/WalletStoreSql.ts"
import { layer as risk } from "./risk/RiskStoreSql.ts"
import { layer as tickets } from "./tickets/TicketStoreSql.ts"

/** All stores. The database must be up to date: see `Migrations.run`. */
export const layer: Layer.Layer<
  | AuditLog
  | BlockStore
  | EarningStore
  | FaucetFigures
  | IdempotencyStore
  | JobRuns
  | LedgerArchive
  | LedgerLog
  | LedgerStore
  | Outbox
  | PaymentStore
  | PayoutConfigStore
  | PayoutStore
  | PlayerStore
  | ReconciliationStore
  | RiskStore
  | TicketStore
  | WalletStore,
  never,
  Services
> = Layer.mergeAll(
  auditLog,
  answers,
  blocks,
  earnings,
  figures,
  jobRuns,
  ledger,
  ledgerArchive,
  ledgerLog,
  outbox,
  payments,
  payoutConfig,
  payouts,
  players,
  reconciliation,
  risk,
  tickets,
  wallets
)
