/** Stores a signed block before anybody else sees it, and then publishes it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { LedgerError } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import { OperatorBlock } from "../OperatorBlock.ts"
import type { PayoutId } from "../Payout.ts"
import type { SignedBlock } from "../PayoutRail.ts"
import type { Office, Ports } from "./ports.ts"
import { publish } from "./settle.ts"

/** Must run in a transaction. Undefined, and nothing is written, when its place is taken: the block is forgotten then. */
export const keep = Effect.fnUntraced(function*(
  { blocks }: Ports,
  signed: SignedBlock,
  payoutId: PayoutId | null
): Effect.fn.Return<OperatorBlock | undefined, StorageError> {
  const storedAtMillis = yield* Clock.currentTimeMillis
  const block = new OperatorBlock({ ...signed, payoutId, state: "stored", storedAtMillis })
  return (yield* blocks.add(block)) ? block : undefined
})

/** Sends a block out that nobody has seen, and begins with the work for the one after it. */
export const sendOut = <G>(
  at: Office<G>,
  block: OperatorBlock
): Effect.Effect<void, G | LedgerError | StorageError> =>
  Effect.andThen(at.rail.prepare(block.hash), Effect.asVoid(publish(at, block, true)))
