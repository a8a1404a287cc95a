/** Draws the same numbers each time, fast enough for millions of transfers. Not for secrets. */

/** What can be drawn. */
export interface Dice {
  /** A whole number from 0, less than `limit` (at most 2^32). */
  readonly below: (limit: number) => number
  /** So many times 8 hex digits. */
  readonly hex: (words: number) => string
  /** A version-8 UUID. */
  readonly uuid: () => string
}

const digits = (value: number): string => (value + 0x1_0000_0000).toString(16).slice(1)

/** sfc32 of PractRand: four words of 32 bits. */
export const makeDice = (seed: number): Dice => {
  let [a, b, c, count] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88, 1]
  const word = (): number => {
    const drawn = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + drawn | 0
    return drawn >>> 0
  }
  for (let round = 0; round < 16; round++) word()
  const hex = (words: number): string => {
    let text = ""
    for (let index = 0; index < words; index++) text += digits(word())
    return text
  }
  return {
    below: (limit) => Math.floor((word() / 0x1_0000_0000) * limit),
    hex,
    uuid: () => {
      const text = hex(4)
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-8${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`
    }
  }
}
