/** Compares secrets and what is made of them, so that the time taken tells nothing about where they differ. */
import { utf8ToBytes } from "@noble/hashes/utils.js"

/** Compares in a time that depends on the lengths only. */
export const equalInConstantTime = (left: Uint8Array, right: Uint8Array): boolean => {
  let difference = left.length ^ right.length
  for (let index = 0; index < left.length; index++) difference |= left[index]! ^ (right[index] ?? 0)
  return difference === 0
}

/** The same for hashes and ids in hex. */
export const equalHexInConstantTime = (left: string, right: string): boolean =>
  equalInConstantTime(utf8ToBytes(left), utf8ToBytes(right))
