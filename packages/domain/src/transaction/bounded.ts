/** Holds the pages of every store to their bounds. */
import * as Effect from "effect/Effect"

/** The most that one page holds. */
const largestPage = 1000

/**
 * The effect when `limit` is a whole number from 1 to 1,000, else a defect. A page of none never ends, and one without a
 * bound holds the whole store: neither can be asked for by mistake.
 */
export const bounded = <A, E, R>(limit: number, effect: () => Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Number.isInteger(limit) && limit >= 1 && limit <= largestPage
    ? Effect.suspend(effect)
    : Effect.die(new RangeError(`a page of ${limit}: from 1 to ${largestPage}`))
