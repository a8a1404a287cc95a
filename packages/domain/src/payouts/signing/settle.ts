/** Settles what is open: looks at blocks that may have landed, and publishes again what nobody has. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { LedgerError } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { OperatorBlock, OperatorBlockState } from "../OperatorBlock.ts"
import type { Payout } from "../Payout.ts"
import type { RailUnavailable } from "../PayoutRail.ts"
import * as PayoutRules from "../PayoutRules.ts"
import type { Office } from "./ports.ts"
import { record } from "./record.ts"

/** As many blocks may wait for confirmation. A network that confirms nothing is not given more and more of them. */
export const mostOpen = 100

/** What settling came to: how many blocks ended how and are still open, and when the next is due; null when none waits. */
export interface Settled {
  readonly open: number
  readonly published: number
  readonly confirmed: number
  readonly failed: number
  readonly dueAtMillis: number | null
}

type Failure<G> = G | LedgerError | RailUnavailable | StorageError

/** Whether a block is due, and when it is otherwise. A receive has no payout that would space attempts out: it always is. */
const dueAt = (block: OperatorBlock, payout: Payout | undefined, moment: PayoutRules.Moment): number | null => {
  if (payout?.block !== block.hash) return moment.nowMillis
  const decided = PayoutRules.next(payout, { _tag: "Tick" }, moment)
  return Result.isFailure(decided) ? moment.nowMillis : decided.success.whenMillis
}

/** Where a block is after a step. `isThere`: the rail has it, or it is no longer waited for. */
export interface Advanced {
  readonly state: OperatorBlockState | undefined
  readonly isThere: boolean
}

/** Publishes the bytes that are stored, and records the answer. */
export const publish = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  block: OperatorBlock,
  isFirst: boolean
): Effect.fn.Return<Advanced, G | LedgerError | StorageError> {
  const answer = yield* at.rail.publish(block)
  const state = yield* at.act(record(at, block, { _tag: "Published", answer, isFirst }))
  return { state, isThere: answer === "Taken" || answer === "Known" || state === "dead" }
})

/** Of two blocks of ours the upper can not land where the lower never will. */
const restsOnDead = ({ blocks }: Office<unknown>, { previous }: OperatorBlock): Effect.Effect<boolean, StorageError> =>
  Effect.map(blocks.byHashes([previous]), ([below]) => below?.state === "dead")

/** `isFounded`: what the block spends has been booked. Before that, it is not booked as paid. */
const look = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  block: OperatorBlock,
  isFounded: boolean
): Effect.fn.Return<Advanced, Failure<G>> {
  const seen = yield* at.rail.look(block)
  const isLost = seen === "Missing" && (yield* restsOnDead(at, block))
  const founded = seen === "Confirmed" && !isFounded ? "Seen" : seen
  const sight = isLost ? "RivalConfirmed" : founded
  const state = yield* at.act(record(at, block, { _tag: "Looked", sight }))
  return { state, isThere: sight !== "Missing" }
})

/** Looks first, whatever is believed: only so does it show that another has the place. What is missing is published. */
const advance = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  block: OperatorBlock,
  isFounded: boolean
): Effect.fn.Return<Advanced & { readonly isPublished: boolean }, Failure<G>> {
  const seen = yield* look(at, block, isFounded)
  return seen.isThere
    ? { ...seen, isPublished: false }
    : { ...yield* publish(at, block, false), isPublished: true }
})

/** The earlier of two times; null is never. */
export const earliest = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? left ?? right : Math.min(left, right)

const isOver = (state: OperatorBlockState | undefined): boolean => state === "confirmed" || state === "dead"

const counted = (settled: Settled, state: OperatorBlockState | undefined, isPublished: boolean): Settled => ({
  open: settled.open - Number(isOver(state)),
  published: settled.published + Number(isPublished),
  confirmed: settled.confirmed + Number(state === "confirmed"),
  failed: settled.failed + Number(state === "dead"),
  dueAtMillis: settled.dueAtMillis
})

/** Goes through the open blocks, the lowest first, as each rests on the one below. Safe to repeat at any point. */
export const settle = Effect.fnUntraced(function*<G>(at: Office<G>): Effect.fn.Return<Settled, Failure<G>> {
  const open = yield* at.blocks.open(at.rail.account, mostOpen)
  const paid = yield* at.payouts.byIds(open.flatMap(({ payoutId }) => payoutId ?? []))
  const payouts = new Map(paid.map((payout) => [payout.id, payout]))
  let settled: Settled = { open: open.length, published: 0, confirmed: 0, failed: 0, dueAtMillis: null }
  let isFounded = true
  for (const block of open) {
    const nowMillis = yield* Clock.currentTimeMillis
    const payout = block.payoutId === null ? undefined : payouts.get(block.payoutId)
    const whenMillis = dueAt(block, payout, { nowMillis, chance: 1, retry: at.policy.retry })
    if (whenMillis === null || whenMillis > nowMillis) {
      settled = { ...settled, dueAtMillis: earliest(settled.dueAtMillis, whenMillis) }
      continue
    }
    const { isPublished, isThere, state } = yield* advance(at, block, isFounded)
    if (block.kind === "receive" && !isOver(state)) isFounded = false
    settled = counted(settled, state, isPublished)
    // Nothing above a block that the rail does not have can land: it waits for its turn.
    if (!isThere) return settled
  }
  return settled
})
