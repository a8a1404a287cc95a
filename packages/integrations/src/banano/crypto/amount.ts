/** Turns amounts of BAN into raw and back, to the last digit. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"

/** The smallest amounts in one BAN. */
export const rawPerBan = 10n ** 29n

/** The largest amount that a block can hold. */
export const rawMost = 2n ** 128n - 1n

/** What ledgers count in: 10^-8 BAN. */
const rawPerMinor = 10n ** 21n

/**
 * Why a text is no amount, in order of precedence.
 *
 * - `NotDecimal`: digits are wanted, and a point with digits behind it at most; no sign, exponent or space.
 * - `TooPrecise`: there is nothing smaller than 10^-29 BAN.
 * - `TooLarge`: it is above 2^128 - 1 raw.
 */
export type AmountReason = "NotDecimal" | "TooPrecise" | "TooLarge"

/** A text is no amount. */
export class AmountRefused extends Data.TaggedError("AmountRefused")<{ readonly reason: AmountReason }> {
  override get message(): string {
    return `no amount of BAN: ${this.reason}`
  }
}

const refuse = (reason: AmountReason) => Result.fail(new AmountRefused({ reason }))

const decimals = 29
const decimal = /^(?<whole>\d{1,40})(?:\.(?<part>\d{1,80}))?$/u

/** Reads BAN, such as `2.1`, as raw. */
export const parseBan = (text: string): Result.Result<bigint, AmountRefused> => {
  const groups = decimal.exec(text)?.groups
  if (groups === undefined) return refuse("NotDecimal")
  const part = (groups["part"] ?? "").replace(/0+$/u, "")
  if (part.length > decimals) return refuse("TooPrecise")
  const amountRaw = BigInt(groups["whole"]!) * rawPerBan + BigInt(part.padEnd(decimals, "0"))
  return amountRaw > rawMost ? refuse("TooLarge") : Result.succeed(amountRaw)
}

/** Prints raw as BAN: every digit that counts, and no more. */
export const printBan = (amountRaw: bigint): string => {
  const part = (amountRaw % rawPerBan).toString().padStart(decimals, "0").replace(/0+$/u, "")
  const whole = amountRaw / rawPerBan
  return part === "" ? `${whole}` : `${whole}.${part}`
}

/** The raw of a ledger's amount in 10^-8 BAN. */
export const rawOfMinor = (amountMinor: bigint): bigint => amountMinor * rawPerMinor

/** What of raw a ledger in 10^-8 BAN can hold: cut off, never rounded up. */
export const minorOfRaw = (amountRaw: bigint): bigint => amountRaw / rawPerMinor
