/** Draws the salts that go into the log's records. */
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js"
import * as Context from "effect/Context"
import type { LogSalt } from "./record.ts"

const saltBytes = 16
const saltDigits = 2 * saltBytes
/** The host gives at most 65,536 random bytes at once. */
const maximumAtOnce = 4096

const drawSome = (count: number): ReadonlyArray<LogSalt> => {
  const hex = bytesToHex(randomBytes(saltBytes * count))
  return Array.from({ length: count }, (_, index) => hex.slice(saltDigits * index, saltDigits * (index + 1)) as LogSalt)
}

/** As many salts as asked for, from the host's generator of secrets. */
const draw = (count: number): ReadonlyArray<LogSalt> =>
  count <= maximumAtOnce ? drawSome(count) : [...drawSome(maximumAtOnce), ...draw(count - maximumAtOnce)]

/**
 * Gives as many salts as asked for. Nobody must be able to guess them, so nothing but a test provides others than the
 * default; stores take it when they are built.
 */
export const LogSalts = Context.Reference<(count: number) => ReadonlyArray<LogSalt>>(
  "@purser/domain/ledger/LogSalts",
  { defaultValue: () => draw }
)
