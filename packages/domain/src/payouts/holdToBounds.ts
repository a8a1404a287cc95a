/** Holds the stores of payouts and blocks to what they may be asked for. */
import * as Effect from "effect/Effect"
import { bounded } from "../transaction/index.ts"
import type { Payout } from "./Payout.ts"
import type { BlockStore, PayoutStore } from "./PayoutStore.ts"

/** What a payout is for ever. */
const lasting = ["id", "key", "player", "asset", "amountMinor", "dryRun"] as const

const isSameDebt = (before: Payout, after: Payout): boolean => lasting.every((field) => before[field] === after[field])

/** A store that ends with a defect when a page is out of bounds, or when a move would make another debt of a payout. */
export const boundPayouts = (store: PayoutStore["Service"]): PayoutStore["Service"] => ({
  ...store,
  move: (before, after) =>
    isSameDebt(before, after)
      ? store.move(before, after)
      : Effect.die(new TypeError(`payout ${before.id} can not become another debt`)),
  due: (atMillis, limit) => bounded(limit, () => store.due(atMillis, limit)),
  list: (query) => bounded(query.limit, () => store.list(query))
})

/** A store that ends with a defect when a page is out of bounds. */
export const boundBlocks = (store: BlockStore["Service"]): BlockStore["Service"] => ({
  ...store,
  open: (account, limit) => bounded(limit, () => store.open(account, limit))
})
