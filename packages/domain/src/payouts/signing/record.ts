/** Records what the rail says of a block: of the block itself, and of the payout that it pays. */
import * as Effect from "effect/Effect"
import type { LedgerError } from "../../ledger/index.ts"
import { StorageError } from "../../transaction/index.ts"
import type { OperatorBlock, OperatorBlockState } from "../OperatorBlock.ts"
import * as PayoutPostings from "../PayoutPostings.ts"
import type { Answer, PayoutEvent, Sight } from "../PayoutRules.ts"
import { happen, post, reread } from "./happen.ts"
import type { Ports } from "./ports.ts"

/** What the rail said. */
export type Said =
  | { readonly _tag: "Published"; readonly answer: Answer; readonly isFirst: boolean }
  | { readonly _tag: "Looked"; readonly sight: Sight }

/** What a receive is, after what was said; a send follows its payout. */
const receiveAfter = (state: OperatorBlockState, said: Said): OperatorBlockState => {
  if (said._tag === "Looked") {
    if (said.sight === "Confirmed") return "confirmed"
    if (said.sight === "RivalConfirmed") return "dead"
    return said.sight === "Seen" ? "landed" : state
  }
  if (said.answer === "Taken" || said.answer === "Known") return "landed"
  // As with a payout: one that somebody was given before may have landed there already.
  return said.answer === "Invalid" && said.isFirst ? "dead" : state
}

/** A block that is not where it was read was moved by somebody else at this moment: whoever decides anew sees it. */
const move = ({ blocks }: Ports, { hash, state }: OperatorBlock, to: OperatorBlockState) =>
  Effect.flatMap(
    blocks.move(hash, state, to),
    (isMoved) =>
      isMoved ? Effect.void : Effect.fail(new StorageError({ failure: "Contended", operation: "PayoutSigner.record" }))
  )

const received = Effect.fnUntraced(function*(at: Ports, block: OperatorBlock, said: Said) {
  const state = receiveAfter(block.state, said)
  if (state === block.state) return state
  yield* move(at, block, state)
  if (state === "confirmed" && block.amountMinor > 0n) {
    yield* post(at, [PayoutPostings.funded(block.hash, block.amountMinor)])
  }
  return state
})

const stateOf = { sent: "landed", confirmed: "confirmed", failed: "dead" } as const

const eventOf = ({ hash: block }: OperatorBlock, said: Said): PayoutEvent =>
  said._tag === "Looked"
    ? { _tag: "Looked", block, sight: said.sight }
    : { _tag: "Published", block, answer: said.answer }

const sent = Effect.fnUntraced(function*(at: Ports, block: OperatorBlock, said: Said) {
  const stored = yield* reread(at, { id: block.payoutId! })
  if (stored === undefined) return block.state
  const decision = yield* happen(at, eventOf(block, said), { stored })
  const status = decision?.payout.status
  if (status !== "sent" && status !== "confirmed" && status !== "failed") return block.state
  const state = stateOf[status]
  if (state !== block.state) yield* move(at, block, state)
  return state
})

/** Must run in a transaction. Answers with the state that the block is in afterwards; what is final stays. */
export const record = Effect.fnUntraced(function*(
  at: Ports,
  { hash }: Pick<OperatorBlock, "hash">,
  said: Said
): Effect.fn.Return<OperatorBlockState | undefined, LedgerError | StorageError> {
  const [block] = yield* at.blocks.byHashes([hash])
  if (block === undefined || block.state === "confirmed" || block.state === "dead") return block?.state
  return yield* block.kind === "send" ? sent(at, block, said) : received(at, block, said)
})
