/** Counts new transfers from their place in the log. */
import type { LedgerRules, Outcome, Transfer } from "@purser/domain/ledger"
import * as Result from "effect/Result"

/** The decision with its new transfers, which count from 1, counted from after `base`. */
export const numbered = <D extends LedgerRules.Decision>(decision: D, base: bigint): D => {
  const moved = new Map(
    decision.transfers.map((transfer) => [transfer, { ...transfer, sequence: base + transfer.sequence }])
  )
  const move = (transfer: Transfer): Transfer => moved.get(transfer) ?? transfer
  const outcomes = decision.outcomes.map((outcome): Outcome =>
    Result.map(outcome, ({ replayed, transfers }) => ({ replayed, transfers: transfers.map(move) }))
  )
  return { ...decision, outcomes, transfers: decision.transfers.map(move) }
}
