/** Keeps blocks in a table that refuses what the databases refuse. */
import * as Effect from "effect/Effect"
import { StorageError } from "../../transaction/index.ts"
import type { MemoryState, MemoryTable } from "../../transaction/testing/index.ts"
import { type BlockReference, BlockStore, boundBlocks, OperatorBlock } from "../index.ts"
import type { Payouts } from "./payoutTable.ts"

/** Blocks by hash. */
export type Blocks = MemoryTable<BlockReference, OperatorBlock>

const isAlive = ({ state }: OperatorBlock): boolean => state !== "dead"

/** Whether of two blocks that may land only one can. */
const areRivals = (left: OperatorBlock, right: OperatorBlock): boolean =>
  left.account === right.account && left.previous === right.previous
  || left.payoutId !== null && left.payoutId === right.payoutId
  || left.source !== null && left.source === right.source

const isFree = (blocks: Blocks, block: OperatorBlock): boolean =>
  !isAlive(block)
  || ![...blocks.values()].some((other) => other.hash !== block.hash && isAlive(other) && areRivals(block, other))

const lowestFirst = (left: OperatorBlock, right: OperatorBlock): number =>
  left.height - right.height || (left.hash < right.hash ? -1 : 1)

const broken = (method: string, cause: string) =>
  new StorageError({ failure: "Broken", operation: `BlockStore.${method}`, cause })

/** A `BlockStore` on a table, beside the payouts that its blocks pay. */
export const makeBlockStore = (
  { statement }: MemoryState["Service"],
  blocks: Blocks,
  payouts: Payouts
): BlockStore["Service"] => {
  const of = (account: string, matches: (block: OperatorBlock) => boolean) =>
    statement(() =>
      [...blocks.values()].filter((block) => block.account === account && matches(block)).sort(lowestFirst)
    )
  const add = (block: OperatorBlock): "added" | "refused" | "no payout" => {
    if (blocks.get(block.hash) !== undefined || !isFree(blocks, block)) return "refused"
    if (block.payoutId !== null && payouts.get(block.payoutId) === undefined) return "no payout"
    blocks.set(block.hash, block)
    return "added"
  }
  const move = (stored: OperatorBlock, state: OperatorBlock["state"]): boolean => {
    const moved = new OperatorBlock({ ...stored, state })
    if (!isFree(blocks, moved)) return false
    blocks.set(moved.hash, moved)
    return true
  }
  return BlockStore.of(boundBlocks({
    add: (block) =>
      Effect.flatMap(
        statement(() => add(block)),
        (outcome) => outcome === "no payout" ? Effect.fail(broken("add", outcome)) : Effect.succeed(outcome === "added")
      ),
    byHashes: (hashes) => statement(() => [...new Set(hashes)].flatMap((hash) => blocks.get(hash) ?? [])),
    open: (account, limit) =>
      Effect.map(
        of(account, ({ state }) => state === "stored" || state === "landed"),
        (open) => open.slice(0, limit)
      ),
    newest: (account) => Effect.map(of(account, isAlive), (alive) => alive.at(-1)),
    move: (hash, from, to) =>
      Effect.flatMap(
        statement(() => {
          const stored = blocks.get(hash)
          if (stored?.state !== from) return "elsewhere"
          return move(stored, to) ? "moved" : "place taken"
        }),
        (outcome) =>
          outcome === "place taken" ? Effect.fail(broken("move", outcome)) : Effect.succeed(outcome === "moved")
      ),
    sentSinceMinor: (account, sinceMillis) =>
      Effect.map(
        of(account, (block) => isAlive(block) && block.kind === "send" && block.storedAtMillis >= sinceMillis),
        (sent) => sent.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
      )
  }))
}
