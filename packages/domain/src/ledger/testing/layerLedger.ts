/** Provides the whole ledger in memory, in one layer. */
import * as Layer from "effect/Layer"
import type { Transaction } from "../../transaction/index.ts"
import { MemoryState } from "../../transaction/testing/index.ts"
import { Ledger } from "../Ledger.ts"
import type { LedgerStore } from "../LedgerStore.ts"
import type { LedgerLog } from "../log/index.ts"
import { layerMemory } from "./LedgerStoreMemory.ts"

/**
 * Use cases, store, log and transactions over an empty ledger in memory: for tests, and for a first look. In a program that has
 * other stores in memory, provide `layerMemory` and them over one `MemoryState` instead.
 *
 * @example
 * await Effect.runPromise(Effect.provide(Ledger.use((ledger) => ledger.post(request)), layerLedger))
 */
export const layerLedger: Layer.Layer<Ledger | LedgerLog | LedgerStore | Transaction> = Layer.provideMerge(
  Ledger.layer,
  Layer.provideMerge(layerMemory, MemoryState.layer)
)
