/** Reads durations written as a number and a unit, such as `5 seconds`. */
import * as Result from "effect/Result"

const unitMillis: Readonly<Record<string, number>> = {
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  ms: 1,
  second: 1_000,
  seconds: 1_000,
  s: 1_000,
  minute: 60_000,
  minutes: 60_000,
  m: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  h: 3_600_000
}

/** Reads a duration between the bounds, in milliseconds, rounded to the nearest one. */
export const durationMillis =
  (bounds: { readonly minimumMillis: number; readonly maximumMillis: number }) =>
  (value: string): Result.Result<number, string> => {
    const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]+)$/u.exec(value)
    const unit = unitMillis[match?.[2] ?? ""]
    if (match === null || unit === undefined) return Result.fail("expected a duration such as `5 seconds`")
    const millis = Math.round(Number(match[1]) * unit)
    return millis >= bounds.minimumMillis && millis <= bounds.maximumMillis
      ? Result.succeed(millis)
      : Result.fail(`expected ${bounds.minimumMillis} to ${bounds.maximumMillis} milliseconds`)
  }
