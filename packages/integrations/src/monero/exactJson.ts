/** Reads and prints JSON without losing digits: every whole number is a bigint. */

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

/** Digits that could be a number of ours; longer ones stay floating-point numbers, which no schema takes for an amount. */
const whole = /^-?\d{1,40}$/u

const exact: Reviver = (_key, value, { source }) =>
  typeof value === "number" && source !== undefined && whole.test(source) ? BigInt(source) : value

/** Parses text; throws a SyntaxError as `JSON.parse` does. Takes the digits from the text (ECMA-262 §25.5.1, 2025). */
export const parseExact = (text: string): unknown => JSON.parse(text, exact as (key: string, value: unknown) => unknown)

/** The library's types do not know it yet (ECMA-262 §25.5.3, 2025). */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (digits: string) => unknown }

/** Prints a value; a bigint becomes the digits of a JSON number. */
export const printExact = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => typeof inner === "bigint" ? rawJSON(String(inner)) : inner)
