/** Rolls dice that come out the same for the same seed. */
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"

const words = 2 ** 32

/** Gives numbers from 0 to 2^32 - 1. */
type Rolls = () => number

/** Marsaglia's xorshift128, started with the SHA-256 of the seed: good dice, no secrets. */
const rollsOf = (seed: string): Rolls => {
  const start = new DataView(sha256(utf8ToBytes(seed)).buffer)
  const state = [0, 4, 8, 12].map((offset) => start.getUint32(offset))
  return () => {
    const mixed = state[0]! ^ state[0]! << 11
    const last = state[3]!
    state.shift()
    state.push((last ^ last >>> 19 ^ mixed ^ mixed >>> 8) >>> 0)
    return state[3]!
  }
}

/** Asks the rolls for what a history needs. */
export class Dice {
  readonly #rolls: Rolls
  constructor(seed: string) {
    this.#rolls = rollsOf(seed)
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.#rolls() / words * count)
  }
  /** True once in `count` times. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1
  }
  /** Undefined when there is nothing to pick from. */
  pick<A>(items: ReadonlyArray<A>): A | undefined {
    return items[this.below(items.length)]
  }
  /** 1 to `most`, which is 1 or more; mostly small, sometimes all of it. */
  amountMinor(most: bigint): bigint {
    const wide = [1n, 100n, 1_000_000n, 1n << 53n, most][this.below(5)]!
    const limit = wide < most ? wide : most
    return this.oneIn(10) ? limit : 1n + (BigInt(this.#rolls()) << 32n | BigInt(this.#rolls())) % limit
  }
}
