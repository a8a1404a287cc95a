/** Reads and prints JSON without losing digits: every whole number is a bigint. */

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

const whole = /^-?\d+$/u

const exact: Reviver = (_key, value, { source }) =>
  typeof value === "number" && source !== undefined && whole.test(source) ? BigInt(source) : value

/** Parses text; throws a SyntaxError as `JSON.parse` does. Takes the digits from the text (ECMA-262 §25.5.1, 2025). */
export const parseExact = (text: string): unknown => JSON.parse(text, exact as (key: string, value: unknown) => unknown)

/** Prints a bigint as the digits of a JSON number. Texts that hold the marker character U+0000 are refused. */
export const printExact = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "string" && inner.includes("\0")) throw new TypeError("text with U+0000")
    return typeof inner === "bigint" ? `\0${inner}\0` : inner
  }).replaceAll(/"\\u0000(-?\d+)\\u0000"/gu, "$1")
