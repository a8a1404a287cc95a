/** Splits an amount by ratios so that the parts add up to it exactly. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"

/** Why nothing can be split: no ratios, a ratio below zero, only zeros, or an amount below zero. */
export class AllotmentRefused extends Data.TaggedError("AllotmentRefused")<{
  readonly why: "NoRatios" | "NegativeRatio" | "AllRatiosZero" | "NegativeAmount"
}> {
  override get message(): string {
    return `cannot be split: ${this.why}`
  }
}

const check = (amountMinor: bigint, ratios: ReadonlyArray<bigint>): AllotmentRefused["why"] | undefined => {
  if (ratios.length === 0) return "NoRatios"
  if (ratios.some((ratio) => ratio < 0n)) return "NegativeRatio"
  if (ratios.every((ratio) => ratio === 0n)) return "AllRatiosZero"
  return amountMinor < 0n ? "NegativeAmount" : undefined
}

const byRemainder = (remainders: ReadonlyArray<bigint>) => (left: number, right: number): number => {
  const difference = remainders[right]! - remainders[left]!
  if (difference !== 0n) return difference > 0n ? 1 : -1
  return left - right
}

/**
 * Splits by the largest-remainder method (Hamilton): each part is rounded down, and what is left goes, one minor unit
 * each, to the parts that lost most, the earlier one first. A part with ratio 0 gets nothing. Sums exactly.
 */
export const split = (
  amountMinor: bigint,
  ratios: ReadonlyArray<bigint>
): Result.Result<ReadonlyArray<bigint>, AllotmentRefused> => {
  const why = check(amountMinor, ratios)
  if (why !== undefined) return Result.fail(new AllotmentRefused({ why }))
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0n)
  const parts = ratios.map((ratio) => amountMinor * ratio / total)
  const remainders = ratios.map((ratio) => amountMinor * ratio % total)
  const left = Number(amountMinor - parts.reduce((sum, part) => sum + part, 0n))
  for (const index of ratios.map((_, index) => index).sort(byRemainder(remainders)).slice(0, left)) parts[index]! += 1n
  return Result.succeed(parts)
}
