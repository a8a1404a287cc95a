/** Writes bits in the 32 letters of Nano and Banano, and reads them back. */

const letters = "13456789abcdefghijkmnopqrstuwxyz"

/** Whether a text holds nothing but those letters. */
export const isBase32 = (text: string): boolean => [...text].every((letter) => letters.includes(letter))

/** As many letters as are asked for, five bits each, zeros in front. */
export const printBase32 = (bits: bigint, length: number): string => {
  let rest = bits
  let text = ""
  for (let printed = 0; printed < length; printed++) {
    text = letters[Number(rest & 31n)]! + text
    rest >>= 5n
  }
  return text
}

/** The bits of a text that `isBase32`. */
export const parseBase32 = (text: string): bigint =>
  [...text].reduce((bits, letter) => bits << 5n | BigInt(letters.indexOf(letter)), 0n)
