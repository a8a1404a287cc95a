/** Names the places where stories keep their books, each empty when its layer is built. */
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { layerMemory as answersMemory } from "@purser/domain/idempotency/testing"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import { layerMemory as payoutsMemory } from "@purser/domain/payouts/testing"
import { layerMemory as reconciliationMemory } from "@purser/domain/reconciliation/testing"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import { Fencing } from "@purser/jobs/engine"
import { type Database, Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Layer from "effect/Layer"
import { inject } from "vitest"
import { fencingMemory } from "../engine/fencingMemory.ts"

/** The stores in memory, without a fence. */
export const storesMemory = Layer.mergeAll(
  auditMemory,
  answersMemory,
  ledgerMemory,
  outboxMemory,
  paymentsMemory,
  payoutsMemory,
  reconciliationMemory,
  ticketsMemory
).pipe(
  Layer.provideMerge(MemoryState.layer)
)

/** Every store that stories stand on, what makes them commit together, and the fence. */
export type StoreServices = Exclude<Layer.Success<typeof storesMemory>, MemoryState> | Fencing

const storesOn = (database: Layer.Layer<Database.Services>): Layer.Layer<StoreServices> =>
  Layer.merge(Stores.layer, Fencing.layer).pipe(Layer.provideMerge(database))

/** A place of its own with every call. */
export const places = {
  memory: () => Layer.merge(storesMemory, fencingMemory()),
  sqlite: () => storesOn(layerSqliteTemporary),
  postgres: () => storesOn(layerPostgresTemporary(inject("postgresUrl")))
} as const satisfies Readonly<Record<string, () => Layer.Layer<StoreServices>>>
