/** Receives what waits for the account, one block at a time. */
import * as Effect from "effect/Effect"
import type { LedgerError } from "../../ledger/index.ts"
import type { StorageError } from "../../transaction/index.ts"
import type { RailFrontier, RailUnavailable } from "../PayoutRail.ts"
import type { Office } from "./ports.ts"
import { keep, sendOut } from "./store.ts"

/** Receives the largest of what waits. Whether a block went out. */
export const receiveOne = Effect.fnUntraced(function*<G>(
  at: Office<G>,
  frontier: RailFrontier
): Effect.fn.Return<boolean, G | LedgerError | RailUnavailable | StorageError> {
  const [incoming] = yield* at.rail.receivable(1)
  if (incoming === undefined) return false
  const signed = yield* at.rail.signReceive(frontier, incoming)
  const block = yield* at.act(keep(at, signed, null))
  if (block === undefined) return false
  yield* sendOut(at, block)
  return true
})
