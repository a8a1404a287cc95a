/** Keeps everything in memory, fence included. */
import { layerMemory as auditMemory } from "@purser/domain/audit/testing"
import { layerMemory as ledgerMemory } from "@purser/domain/ledger/testing"
import { layerMemory as outboxMemory } from "@purser/domain/outbox/testing"
import { layerMemory as paymentsMemory } from "@purser/domain/payments/testing"
import { layerMemory as ticketsMemory } from "@purser/domain/tickets/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Layer from "effect/Layer"
import { fencingMemory } from "../engine/fencingMemory.ts"

/** The stores of one suite. */
export const storesMemory = Layer.mergeAll(auditMemory, ledgerMemory, outboxMemory, paymentsMemory, ticketsMemory).pipe(
  Layer.provideMerge(MemoryState.layer),
  Layer.merge(fencingMemory())
)
