/** Lists the steps of Blake2b that decide what work is worth, for whoever writes them out as code. */

/** Initial values, RFC 7693 §2.6. */
export const initial: ReadonlyArray<bigint> = [
  0x6a09_e667_f3bc_c908n,
  0xbb67_ae85_84ca_a73bn,
  0x3c6e_f372_fe94_f82bn,
  0xa54f_f53a_5f1d_36f1n,
  0x510e_527f_ade6_82d1n,
  0x9b05_688c_2b3e_6c1fn,
  0x1f83_d9ab_fb41_bd6bn,
  0x5be0_cd19_137e_2179n
]

/** Which word of the message each half of each mixing takes, RFC 7693 §2.7: a row is a round, a hex digit a word. */
const schedule = [
  "0123456789abcdef",
  "ea489fd61c02b753",
  "b8c052fdae367194",
  "7931dcbe265a40f8",
  "905724afe1bc683d",
  "2c6a0b834d75fe19",
  "c51fed4a0763928b",
  "db7ec13950f4862a",
  "6fe9b308c2d714a5",
  "a2847615fb9e3cd0",
  "0123456789abcdef",
  "ea489fd61c02b753"
]

/** The state's words that each mixing of a round takes: columns, then diagonals. */
const lanes = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"]

/** The last round's diagonals that do not reach word 0 or 8: nobody looks at what they do. */
const unseen = new Set(["16bc", "349e"])

/** One mixing: four words of the state, two of the message. */
export interface Mixing {
  readonly state: readonly [a: number, b: number, c: number, d: number]
  readonly message: readonly [x: number, y: number]
}

const digits = (text: string): ReadonlyArray<number> => [...text].map((digit) => Number.parseInt(digit, 16))

/** Every mixing, in order, but for those whose outcome is not needed. */
export const mixings: ReadonlyArray<Mixing> = schedule.flatMap((row, round) =>
  lanes.flatMap((lane, position) => {
    if (round === schedule.length - 1 && unseen.has(lane)) return []
    const [a = 0, b = 0, c = 0, d = 0] = digits(lane)
    const [x = 0, y = 0] = digits(row.slice(2 * position, 2 * position + 2))
    return [{ state: [a, b, c, d], message: [x, y] } as const]
  })
)
