/** Turns the beginning of a code into the range of codes that begin so. */

/** Codes from `from` up to and without `to`, by their bytes. */
export interface CodeRange {
  readonly from: string
  readonly to: string
}

/** What codes are made of; `~` comes after all of it. */
const codeText = /^[A-Za-z0-9._:-]*$/u

/** The codes that begin with the text, taken literally; undefined when no code can. */
export const codeRange = (prefix: string): CodeRange | undefined =>
  codeText.test(prefix) ? { from: prefix, to: `${prefix}~` } : undefined
