/** Declares the ports behind which payouts, and the blocks that pay them, are kept. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "../transaction/index.ts"
import type { OperatorBlock, OperatorBlockState } from "./OperatorBlock.ts"
import type { BlockReference, Payout, PayoutId, PayoutKey, PayoutStatus } from "./Payout.ts"

/**
 * Which payouts to list: by `sortBy`, states in the order of `PayoutStatus`, then by when they were queued, then id. `after`
 * names the last of the page before; behind one that is unknown there is nothing.
 */
export interface PayoutQuery {
  readonly player?: string
  readonly status?: PayoutStatus
  readonly dryRun?: boolean
  readonly sortBy: "queued" | "amount" | "status"
  readonly order: "ascending" | "descending"
  readonly after?: PayoutId
  /** 1 to 1,000. */
  readonly limit: number
}

/** Payouts of one status in one set of books. */
export interface PayoutTotal {
  readonly status: PayoutStatus
  readonly dryRun: boolean
  readonly count: number
  readonly amountMinor: bigint
}

/** Keeps payouts. Every method joins the surrounding `Transaction`. */
export class PayoutStore extends Context.Service<PayoutStore, {
  /** In no order; unknown ones are left out. */
  readonly byIds: (ids: ReadonlyArray<PayoutId>) => Effect.Effect<ReadonlyArray<Payout>, StorageError>
  readonly byKeys: (keys: ReadonlyArray<PayoutKey>) => Effect.Effect<ReadonlyArray<Payout>, StorageError>
  /** Adds payouts. `Contended`, and nothing is written, when an id or a key exists, or another has its block. */
  readonly add: (payouts: ReadonlyArray<Payout>) => Effect.Effect<void, StorageError>
  /**
   * Replaces a payout that is stored as `before` (status, round, attempts, block and times) by `after`. `Contended` when it is
   * stored differently: whoever decides anew sees why. What a payout is for ever (id, key, player, asset, amount, books) stays,
   * or it is a defect.
   */
  readonly move: (before: Payout, after: Payout) => Effect.Effect<void, StorageError>
  /**
   * What has something to do: first all whose block may have landed (`signed`, `sent`, `unknown`) and then those `queued`,
   * each due at that time or without a time, the longest queued first, at most `limit` (1 to 1,000).
   */
  readonly due: (atMillis: number, limit: number) => Effect.Effect<ReadonlyArray<Payout>, StorageError>
  readonly list: (query: PayoutQuery) => Effect.Effect<ReadonlyArray<Payout>, StorageError>
  /** What is queued in real money and was queued before this one, in minor units: it is paid first. */
  readonly queuedBeforeMinor: (payout: Payout) => Effect.Effect<bigint, StorageError>
  readonly totals: Effect.Effect<ReadonlyArray<PayoutTotal>, StorageError>
}>()("@purser/domain/payouts/PayoutStore") {}

/** Keeps every block that the operator's account signed, before it is published. Joins the surrounding `Transaction`. */
export class BlockStore extends Context.Service<BlockStore, {
  /**
   * Keeps a signed block. False, and nothing is written, when its hash is kept already, or when another block that may still
   * land has its place (account and `previous`), pays its payout or takes in its source: the database refuses it, whatever
   * the code above believes. `Broken` when its payout is not kept.
   */
  readonly add: (block: OperatorBlock) => Effect.Effect<boolean, StorageError>
  readonly byHashes: (
    hashes: ReadonlyArray<BlockReference>
  ) => Effect.Effect<ReadonlyArray<OperatorBlock>, StorageError>
  /** Blocks that are neither confirmed nor dead, lowest first, at most `limit` (1 to 1,000). */
  readonly open: (account: string, limit: number) => Effect.Effect<ReadonlyArray<OperatorBlock>, StorageError>
  /** The highest block that is not dead. */
  readonly newest: (account: string) => Effect.Effect<OperatorBlock | undefined, StorageError>
  /** Moves a block from one state to another; false when it is not in the first, `Broken` when another took its place. */
  readonly move: (
    hash: BlockReference,
    from: OperatorBlockState,
    to: OperatorBlockState
  ) => Effect.Effect<boolean, StorageError>
  /** What sends that are not dead took since a time (inclusive), in minor units. */
  readonly sentSinceMinor: (account: string, sinceMillis: number) => Effect.Effect<bigint, StorageError>
}>()("@purser/domain/payouts/BlockStore") {}
