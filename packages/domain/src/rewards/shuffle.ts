/** Puts things in an order that a seed decides. */

const range = 2 ** 32

/** SplitMix with 32 bits of state (Steele, Lea and Flood, 2014; constants of its common 32-bit form): whole numbers below 2^32. */
const numbersOf = (seed: number): () => number => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** A new order of the items (Fisher and Yates), the same for the same seed: a whole number, of which 32 bits count. */
export const shuffle = <A>(items: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const next = numbersOf(seed)
  const order = [...items]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() / range * (last + 1))
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}
