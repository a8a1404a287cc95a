/** Sums totals beyond 64 bits, where SQLite would fail, in two halves of 32 bits. */
import type { TotalsRow } from "../Tables.ts"

/** The four totals. */
export const figures = [
  "debits_posted_minor",
  "debits_pending_minor",
  "credits_posted_minor",
  "credits_pending_minor"
] as const

/** What sums in halves give; PostgreSQL gives them as text. */
export type Halves = Readonly<Record<`${keyof TotalsRow}_${"high" | "low"}`, bigint | string | null>>

/** Text of the two sums of a figure, which `of` computes for each row. */
export const halves = (figure: keyof TotalsRow, of: string): string =>
  `sum((${of}) >> 32) AS ${figure}_high, sum((${of}) & 4294967295) AS ${figure}_low`

const whole = (row: Halves, figure: keyof TotalsRow): bigint =>
  (BigInt(row[`${figure}_high`] ?? 0n) << 32n) + BigInt(row[`${figure}_low`] ?? 0n)

/** The sums of a row of halves. */
export const sumsOf = (row: Halves): TotalsRow => ({
  debits_posted_minor: whole(row, "debits_posted_minor"),
  debits_pending_minor: whole(row, "debits_pending_minor"),
  credits_posted_minor: whole(row, "credits_posted_minor"),
  credits_pending_minor: whole(row, "credits_pending_minor")
})
