/** Keeps payouts, and the blocks that pay them, in memory. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { MemoryState } from "../../transaction/testing/index.ts"
import {
  type BlockReference,
  BlockStore,
  type OperatorBlock,
  type Payout,
  type PayoutId,
  PayoutStore
} from "../index.ts"
import { makeBlockStore } from "./blockTable.ts"
import { makePayoutStore } from "./payoutTable.ts"

/** Both stores, over one state: a block pays a payout that is kept. They scan for everything but the id: for tests. */
export const layerMemory: Layer.Layer<BlockStore | PayoutStore, never, MemoryState> = Layer.effectContext(
  Effect.gen(function*() {
    const state = yield* MemoryState
    const payouts = state.table<PayoutId, Payout>()
    const blocks = state.table<BlockReference, OperatorBlock>()
    return Context.make(PayoutStore, makePayoutStore(state, payouts)).pipe(
      Context.add(BlockStore, makeBlockStore(state, blocks, payouts))
    )
  })
)
