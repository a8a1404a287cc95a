/** Writes and reads proofs as files: c2sp.org/tlog-proof for a leaf, the request of c2sp.org/tlog-witness for growth. */
import * as Result from "effect/Result"
import type { Hash } from "./hash.ts"
import { parseBase64, parseCount, parseHashes, printBase64 } from "./text.ts"
import { TransparencyError } from "./TransparencyError.ts"

/** That a leaf is in a log. `extra` is what the leaf was hashed from, where that goes along; `checkpoint` is a signed note. */
export interface InclusionFile {
  readonly extra: Uint8Array | null
  readonly index: bigint
  readonly hashes: ReadonlyArray<Hash>
  readonly checkpoint: string
}

/** That a log at its checkpoint, a signed note, continues the same log at size `from`. */
export interface ConsistencyFile {
  readonly from: bigint
  readonly hashes: ReadonlyArray<Hash>
  readonly checkpoint: string
}

const firstLine = "c2sp.org/tlog-proof@v1"

/** A tree of 2^63 leaves needs no more. */
const mostHashes = 64

const refused = (detail: string) => Result.fail(new TransparencyError({ reason: "TextIsNoProof", detail }))

const printHashes = (hashes: ReadonlyArray<Hash>): string => hashes.map((hash) => `${printBase64(hash)}\n`).join("")

/** The proof of a leaf as a file: `.tlog-proof` is its usual ending. */
export const printInclusionFile = ({ checkpoint, extra, hashes, index }: InclusionFile): string =>
  [
    `${firstLine}\n`,
    extra === null ? "" : `extra ${printBase64(extra)}\n`,
    `index ${index}\n`,
    printHashes(hashes),
    `\n${checkpoint}`
  ].join("")

/** The proof of growth as a file. */
export const printConsistencyFile = ({ checkpoint, from, hashes }: ConsistencyFile): string =>
  `old ${from}\n${printHashes(hashes)}\n${checkpoint}`

interface Parts {
  readonly head: ReadonlyArray<string>
  readonly checkpoint: string
}

const partsOf = (written: string): Parts | undefined => {
  const end = written.indexOf("\n\n")
  return end < 0 ? undefined : { head: written.slice(0, end).split("\n"), checkpoint: written.slice(end + 2) }
}

/** What follows the word on the line; undefined when the line begins otherwise. */
const after = (word: string, line: string | undefined): string | undefined =>
  line?.startsWith(`${word} `) === true ? line.slice(word.length + 1) : undefined

const parseExtra = (line: string | undefined): Uint8Array | null | undefined => {
  const encoded = after("extra", line)
  return encoded === undefined ? null : parseBase64(encoded)
}

const countAfter = (word: string, line: string | undefined): bigint | undefined => {
  const digits = after(word, line)
  return digits === undefined ? undefined : parseCount(digits)
}

/** Reads the proof of a leaf; checks its form alone. Refuses with `TextIsNoProof`. */
export const parseInclusionFile = (written: string): Result.Result<InclusionFile, TransparencyError> => {
  const parts = partsOf(written)
  if (parts === undefined || parts.head[0] !== firstLine) return refused(`expected ${firstLine} on the first line`)
  const extra = parseExtra(parts.head[1])
  if (extra === undefined) return refused("expected base64 after extra")
  const [indexLine, ...hashLines] = parts.head.slice(extra === null ? 1 : 2)
  const index = countAfter("index", indexLine)
  if (index === undefined) return refused("expected index and a number")
  const hashes = parseHashes(hashLines)
  if (hashes === undefined || hashes.length > mostHashes) return refused(`expected 0 to ${mostHashes} hashes in base64`)
  return Result.succeed({ extra, index, hashes, checkpoint: parts.checkpoint })
}

/** Reads the proof of growth; checks its form alone. Refuses with `TextIsNoProof`. */
export const parseConsistencyFile = (written: string): Result.Result<ConsistencyFile, TransparencyError> => {
  const parts = partsOf(written)
  const from = countAfter("old", parts?.head[0])
  if (parts === undefined || from === undefined) return refused("expected old and a number on the first line")
  const hashes = parseHashes(parts.head.slice(1))
  if (hashes === undefined || hashes.length > mostHashes) return refused(`expected 0 to ${mostHashes} hashes in base64`)
  return Result.succeed({ from, hashes, checkpoint: parts.checkpoint })
}
