/** Keeps everything of players in memory. */
import * as Layer from "effect/Layer"
import type { PayoutStore } from "../../payouts/index.ts"
import type { MemoryState } from "../../transaction/testing/index.ts"
import type { EarningStore, PlayerStore, WalletStore } from "../index.ts"
import { earningsInMemory } from "./EarningStoreMemory.ts"
import { playersInMemory } from "./PlayerStoreMemory.ts"
import { walletsInMemory } from "./WalletStoreMemory.ts"

/** The stores of players, wallets and earnings: for tests. What was used of caps, they read from the store of payouts. */
export const layerMemory: Layer.Layer<EarningStore | PlayerStore | WalletStore, never, MemoryState | PayoutStore> =
  Layer
    .mergeAll(earningsInMemory, playersInMemory, walletsInMemory)
