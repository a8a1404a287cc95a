/** Takes random steps through the stores of payouts and blocks. */
import {
  BlockReference,
  BlockStore,
  OperatorBlock,
  OperatorBlockState,
  Payout,
  PayoutId,
  type PayoutQuery,
  PayoutStatus,
  PayoutStore
} from "@purser/domain/payouts"
import { payoutOf, receiveOf } from "@purser/domain/payouts/testing"
import { StorageError } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import type { Draws } from "../model/draws.ts"
import { perhapsInTransaction, type Step } from "../model/wander.ts"

const times = <A>(count: number, make: () => A): ReadonlyArray<A> => Array.from({ length: count }, make)

/** Stores refuse for the same reason, in words of their own. */
const taken = (draws: Draws, step: Step): Step =>
  perhapsInTransaction(
    draws,
    Effect.mapError(
      step,
      (error) => error instanceof StorageError ? `${error.operation} is ${error.failure}` : error
    )
  )

const orNull = <A>(draws: Draws, value: A): A | null => draws.below(2) === 0 ? value : null

const unsigned: ReadonlySet<PayoutStatus> = new Set(["queued", "failed"])

const changes = (draws: Draws): Partial<Payout> => {
  const status = draws.oneOf(PayoutStatus.literals)
  return {
    status,
    payee: draws.oneOf(["ban_a", "ban_b"]),
    queuedAtMillis: draws.below(4),
    round: draws.below(3),
    block: unsigned.has(status) ? null : BlockReference.make(`walk/${draws.below(12)}`),
    takenAtMillis: orNull(draws, draws.below(3)),
    attempts: draws.below(3),
    nextAttemptAtMillis: orNull(draws, draws.below(10)),
    failureReason: orNull(draws, "walked")
  }
}

/** Ten debts of three players, every third of them in a dry run. */
const debt = (index: number): Payout =>
  payoutOf(`walk/${index}`, {
    player: `walker-${index % 3}`,
    amountMinor: BigInt(1 + index % 4),
    dryRun: index % 3 === 0
  })

const changed = (draws: Draws): Payout => new Payout({ ...debt(draws.below(10)), ...changes(draws) })

const byId = <A extends { readonly id: string }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  rows.toSorted((left, right) => left.id < right.id ? -1 : 1)

const queryOf = (draws: Draws): PayoutQuery => ({
  sortBy: draws.oneOf(["queued", "amount", "status"]),
  order: draws.oneOf(["ascending", "descending"]),
  limit: 1 + draws.below(6),
  ...draws.oneOf([{}, { player: `walker-${draws.below(4)}` }]),
  ...draws.oneOf([{}, {}, { status: draws.oneOf(PayoutStatus.literals) }]),
  ...draws.oneOf([{}, { dryRun: draws.below(2) === 0 }]),
  ...draws.oneOf([{}, { after: PayoutId.make(`walk/${draws.below(11)}`) }])
})

/** Changes a payout as it is stored now, or as somebody believes that it is. */
const moveOf = (draws: Draws): Step => {
  const index = draws.below(10)
  const fields = changes(draws)
  const belief = draws.below(4) === 0 ? changes(draws) : {}
  return PayoutStore.use((payouts) =>
    Effect.flatMap(
      payouts.byIds([debt(index).id]),
      ([stored = debt(index)]) =>
        payouts.move(new Payout({ ...stored, ...belief }), new Payout({ ...stored, ...fields }))
    )
  )
}

/** Ten payouts that are queued, moved and looked for. */
export const payoutStep = (draws: Draws): Step => {
  const some = times(draws.below(3), () => changed(draws))
  const ids = times(draws.below(5), () => debt(draws.below(11)))
  const query = queryOf(draws)
  const before = changed(draws)
  return taken(
    draws,
    draws.oneOf<Step>([
      PayoutStore.use((payouts) => payouts.add(some)),
      moveOf(draws),
      moveOf(draws),
      PayoutStore.use((payouts) => Effect.map(payouts.byIds(ids.map(({ id }) => id)), byId)),
      PayoutStore.use((payouts) => Effect.map(payouts.byKeys(ids.map(({ key }) => key)), byId)),
      PayoutStore.use((payouts) => payouts.due(before.queuedAtMillis * 3, query.limit)),
      PayoutStore.use((payouts) => payouts.list(query)),
      PayoutStore.use((payouts) => payouts.list(query)),
      PayoutStore.use((payouts) => payouts.queuedBeforeMinor(before)),
      PayoutStore.use((payouts) => payouts.totals)
    ])
  )
}

const payee = payoutOf("walk/block")

/** There before any block is to pay it. */
const owed = PayoutStore.use((payouts) =>
  Effect.flatMap(payouts.byIds([payee.id]), (found) => found.length > 0 ? Effect.void : payouts.add([payee]))
)

const hash = (draws: Draws): BlockReference => BlockReference.make(`walk/${draws.below(14)}`)

const blockOf = (draws: Draws): OperatorBlock => {
  const isSend = draws.below(3) === 0
  return new OperatorBlock({
    ...receiveOf(hash(draws), {
      account: draws.oneOf(["walk-a", "walk-b"]),
      previous: BlockReference.make(`before/${draws.below(5)}`),
      height: 1 + draws.below(4),
      amountMinor: BigInt(draws.below(9)),
      state: draws.oneOf(OperatorBlockState.literals),
      storedAtMillis: draws.below(5)
    }),
    ...isSend
      ? {
        kind: "send" as const,
        payoutId: draws.below(8) === 0 ? PayoutId.make("walk/nobody") : payee.id,
        source: null
      }
      : { source: BlockReference.make(`source/${draws.below(6)}`) }
  })
}

const byHash = (blocks: ReadonlyArray<OperatorBlock>): ReadonlyArray<OperatorBlock> =>
  blocks.toSorted((left, right) => left.hash < right.hash ? -1 : 1)

/** Fourteen blocks that want into ten places, and die there. */
export const blockStep = (draws: Draws): Step => {
  const block = blockOf(draws)
  const hashes = times(draws.below(5), () => hash(draws))
  const [from, to] = [draws.oneOf(OperatorBlockState.literals), draws.oneOf(OperatorBlockState.literals)]
  const at = draws.below(5)
  const add = Effect.andThen(owed, BlockStore.use((blocks) => blocks.add(block)))
  return taken(
    draws,
    draws.oneOf<Step>([
      add,
      add,
      add,
      BlockStore.use((blocks) => blocks.move(block.hash, from, to)),
      BlockStore.use((blocks) => blocks.move(block.hash, from, "dead")),
      BlockStore.use((blocks) => Effect.map(blocks.byHashes(hashes), byHash)),
      BlockStore.use((blocks) => blocks.open(block.account, 1 + at)),
      BlockStore.use((blocks) => blocks.newest(block.account)),
      BlockStore.use((blocks) => blocks.sentSinceMinor(block.account, at))
    ])
  )
}
