/** Prints what a command found, as text for people or as JSON for programs. */
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import type * as Effect from "effect/Effect"

/** `--json`: one JSON value on standard output instead of text. */
export const jsonFlag = Flag.Boolean("json").pipe(
  Flag.withDefault(false),
  Flag.withDescription("Print JSON for programs instead of text for people")
)

const replaceBigint = (_key: string, value: unknown): unknown => typeof value === "bigint" ? value.toString() : value

/** Prints `value` as one line of JSON when asked to, else `text`. Whole numbers beyond 2^53 are printed as strings. */
export const print = (json: boolean, value: unknown, text: string): Effect.Effect<void> =>
  Console.log(json ? JSON.stringify(value, replaceBigint) : text)
