/** Cuts movements into batches, as the floors in batches send them. */
import type { Effect } from "effect/Effect"
import type { Movement } from "../movements.ts"
import type { Call } from "../Target.ts"

/** How many movements a floor in batches puts into one transaction. */
export const batchSize = 1000

/** One call a batch; what is left over after the last full one is not sent, as long as there is one. */
export const inBatches = (
  movements: ReadonlyArray<Movement>,
  send: (batch: ReadonlyArray<Movement>) => Effect<unknown, unknown>
): ReadonlyArray<Call> =>
  Array.from({ length: Math.max(1, Math.floor(movements.length / batchSize)) }, (_, index) => {
    const batch = movements.slice(index * batchSize, (index + 1) * batchSize)
    return { count: batch.length, send: send(batch) }
  })
