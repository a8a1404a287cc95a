/** Keeps everything in memory. */
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { layerMemory as answersMemory } from "@purser/domain/idempotency/testing"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Layer from "effect/Layer"

/** The stores of one suite. */
export const storesMemory = Layer.mergeAll(
  auditMemory,
  answersMemory,
  ledgerMemory,
  outboxMemory,
  paymentsMemory,
  ticketsMemory
).pipe(
  Layer.provideMerge(MemoryState.layer)
)
