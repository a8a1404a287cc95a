/** Draws from a seed: the same seed gives the same draws. */

/** Draws of one seed. */
export interface Draws {
  /** An integer from 0 below `end`. */
  readonly below: (end: number) => number
  readonly oneOf: <A>(items: ReadonlyArray<A>) => A
}

/** Mulberry32: small, and good enough to wander with. */
export const drawsOf = (seed: number): Draws => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return { below, oneOf: (items) => items[below(items.length)]! }
}
