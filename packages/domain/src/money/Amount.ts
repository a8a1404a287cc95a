/** Reads and prints amounts exactly: decimal text at the edge, whole minor units inside. */
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import type { Asset } from "./Asset.ts"

/** Largest amount that is kept: 2^63 - 1 minor units. */
export const maximumMinor = 9_223_372_036_854_775_807n

/**
 * Why a text is not an amount: `Malformed` (signs, exponents, spaces, missing digits, a leading zero too many),
 * `TooPrecise` (a digit other than 0 below the minor unit) or `TooLarge` (over 2^63 - 1 minor units).
 */
export class AmountRefused extends Data.TaggedError("AmountRefused")<{
  readonly why: "Malformed" | "TooPrecise" | "TooLarge"
}> {
  override get message(): string {
    return `not an amount: ${this.why}`
  }
}

const decimal = /^(0|[1-9]\d{0,18})(?:\.(\d{1,40}))?$/u

const refused = (why: AmountRefused["why"]): Result.Result<never, AmountRefused> =>
  Result.fail(new AmountRefused({ why }))

/** Reads digits with an optional fraction into minor units, without rounding. No sign: an amount is never negative. */
export const parse = (text: string, { scale }: Asset): Result.Result<bigint, AmountRefused> => {
  const match = decimal.exec(text)
  if (match === null) return refused(/^[1-9]\d{19,}(?:\.\d{1,40})?$/u.test(text) ? "TooLarge" : "Malformed")
  const fraction = (match[2] ?? "").replace(/0+$/u, "")
  if (fraction.length > scale) return refused("TooPrecise")
  const minor = BigInt((match[1] ?? "") + fraction.padEnd(scale, "0"))
  return minor > maximumMinor ? refused("TooLarge") : Result.succeed(minor)
}

/** Prints minor units as decimal text; `parse` reads it back. `places` keeps at least so many decimals, up to the scale. */
export const print = (minor: bigint, { scale }: Asset, places = 0): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(scale + 1, "0")
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/u, "").padEnd(Math.min(places, scale), "0")
  return `${minor < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`
}
