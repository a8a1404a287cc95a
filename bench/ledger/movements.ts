/** Draws the movements that every ledger is given. */
import { randomUUID } from "node:crypto"

/** How many accounts each ledger has. */
export const accountCount = 10_000
/** How many transfers each ledger has before anything is measured. */
export const seededCount = 20_000

/** Money from one account to another, each by its index. */
export interface Movement {
  readonly id: string
  readonly debit: number
  readonly credit: number
  readonly amountMinor: bigint
}

/** `spread`: any account to any other. `hot`: the first account pays every time. */
export type Shape = "spread" | "hot"

/** Both shapes. */
export const shapes: ReadonlyArray<Shape> = ["spread", "hot"]

/** Draws whole numbers below a bound; a seed gives the same again. Mulberry32. */
const makeDraw = (seed: number): (bound: number) => number => {
  let state = seed
  return (bound) => {
    state = Math.trunc(state + 0x6D2B79F5)
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

/** Draws so many movements. Accounts and amounts follow from the seed; ids are random. */
export const drawMovements = (shape: Shape, count: number, seed: number): ReadonlyArray<Movement> => {
  const draw = makeDraw(seed)
  return Array.from({ length: count }, () => {
    const debit = shape === "hot" ? 0 : draw(accountCount)
    return {
      id: randomUUID(),
      debit,
      credit: (debit + 1 + draw(accountCount - 1)) % accountCount,
      amountMinor: BigInt(1 + draw(1000))
    }
  })
}
