/** Lists the stores that must all behave alike: the reference model in memory, and the two databases. */
import type { LedgerLog, LedgerStore } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import type { Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import { Stores } from "@purser/storage"
import { layerPostgresTemporary, layerSqliteTemporary } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inject } from "vitest"

/** What the suite asks of a store. */
export type Ground = LedgerStore | LedgerLog | Transaction

/** The stores on databases, which tests of SQL use as well. Each time a layer is built the ledger is new and empty. */
export const databases = {
  sqlite: Layer.provideMerge(Stores.layer, layerSqliteTemporary),
  postgres: Layer.provideMerge(
    Stores.layer,
    Layer.unwrap(Effect.sync(() => layerPostgresTemporary(inject("postgresUrl"))))
  )
} as const

/** Every store under its name. */
export const stores: ReadonlyArray<readonly [name: string, layer: Layer.Layer<Ground>]> = [
  ["memory", Layer.provideMerge(layerMemory, MemoryState.layer)],
  ["sqlite", databases.sqlite],
  ["postgres", databases.postgres]
]
