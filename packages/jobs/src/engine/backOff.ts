/** Spaces attempts out after failures. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

/** How long to wait: doubling from `baseMillis`, never above `maximumMillis`. */
export interface BackOff {
  readonly baseMillis: number
  readonly maximumMillis: number
}

/** What every job waits by unless told otherwise: 250 ms, doubling to 30 s. */
export const defaultBackOff: BackOff = { baseMillis: 250, maximumMillis: 30_000 }

/** Share by which a wait is made longer or shorter, so that processes that failed together do not return together. */
const jitter = 0.2

/** The wait after the `failures`th failure in a row (from 1), before jitter. */
export const waitMillis = (failures: number, { baseMillis, maximumMillis }: BackOff): number =>
  Math.min(maximumMillis, baseMillis * 2 ** Math.min(30, Math.max(0, failures - 1)))

/** Sleeps for the wait after the `failures`th failure in a row, 20 % more or less. */
export const sleepAfter = (failures: number, backOff: BackOff): Effect.Effect<void> =>
  Effect.flatMap(
    Random.nextBetween(1 - jitter, 1 + jitter),
    (factor) => Effect.sleep(Math.round(waitMillis(failures, backOff) * factor))
  )
