import { assert, describe, it } from "@effect/vitest"
import {
  ArchiveReader,
  LedgerStore,
  LogSalt,
  printAccount,
  printBeginning,
  printEnd,
  printHead,
  printTransfer,
  recordOf,
  transfersPerHead
} from "@purser/domain/ledger"
import { Frontier, leafHash } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { bookUpTo, layerKnown } from "./books.ts"

const salt = LogSalt.make("ab".repeat(16))

/** The lines of a ledger of two accounts, the same from every store. */
const written = (count: number) =>
  Effect.provide(
    Effect.gen(function*() {
      yield* bookUpTo(count)
      const store = yield* LedgerStore
      const accounts = yield* store.accounts({ prefix: "", limit: 10 })
      const transfers = yield* store.transfers({ order: "oldest_first", limit: count })
      const tree = new Frontier()
      const lines = transfers.flatMap((transfer) => {
        tree.append(leafHash(recordOf(transfer, salt)))
        const line = printTransfer(transfer, salt)
        return tree.size % BigInt(transfersPerHead) === 0n ? [line, printHead(tree.size, tree.root())] : [line]
      })
      const totals = { accounts: 2n, transfers: BigInt(count), root: tree.root() }
      return [printBeginning(totals), ...accounts.map(printAccount), ...lines, printEnd(totals)]
    }),
    layerKnown,
    { local: true }
  )

/** How many transfers each line lets out, and how the reading ends. */
const read = (lines: ReadonlyArray<string>) => {
  const reader = new ArchiveReader()
  const confirmed: Array<number> = []
  for (const line of lines) {
    const taken = reader.take(line)
    if (Result.isFailure(taken)) return { confirmed, end: `${taken.failure.reason} ${taken.failure.line}` }
    if (taken.success !== undefined && "transfers" in taken.success) {
      confirmed.push(taken.success.transfers.records.length)
    }
  }
  const end = reader.finish()
  return { confirmed, end: Result.isSuccess(end) ? "whole" : `${end.failure.reason} ${end.failure.line}` }
}

const mistakes: ReadonlyArray<
  readonly [title: string, change: (lines: ReadonlyArray<string>) => ReadonlyArray<string>, end: string]
> = [
  ["no line", () => [], "FileIsTruncated 0"],
  ["no beginning", (lines) => lines.slice(1), "LineOutOfPlace 1"],
  ["two beginnings", (lines) => [lines[0]!, ...lines], "LineOutOfPlace 2"],
  ["something else", () => ["hello"], "VersionUnknown 1"],
  ["another version", (lines) => [lines[0]!.replace("\"v\":1", "\"v\":3"), ...lines.slice(1)], "VersionUnknown 1"],
  [
    "a root that is none",
    (lines) => lines.with(lines.length - 1, lines.at(-1)!.replace(/"root":".{4}/u, "\"root\":\"")),
    "FileIsTruncated 265"
  ],
  ["an unknown line", (lines) => lines.toSpliced(3, 0, "{\"hello\":1}"), "LineIsMalformed 4"],
  [
    "an excess field",
    (lines) => lines.with(1, lines[1]!.replace("{\"account\":{", "{\"account\":{\"x\":1,")),
    "LineIsMalformed 2"
  ],
  ["transfers in another order", (lines) => lines.with(3, lines[4]!).with(4, lines[3]!), "SequenceHasGap 4"],
  ["a transfer twice", (lines) => lines.toSpliced(4, 0, lines[3]!), "SequenceHasGap 5"],
  ["a head too early", (lines) => lines.toSpliced(10, 0, lines[259]!), "LineOutOfPlace 11"],
  ["an end too early", (lines) => lines.toSpliced(100, 0, lines.at(-1)!), "CountsDiffer 101"],
  [
    "another root at the beginning",
    (lines) => lines.with(0, lines[0]!.replace(/"root":"./u, "\"root\":\"_")),
    "VersionUnknown 1"
  ]
]

describe("LG-9 lines of an archive", () => {
  it.effect("let out what a head has confirmed, and no more", () =>
    Effect.gen(function*() {
      const lines = yield* written(260)
      assert.strictEqual(lines.length, 265)
      assert.deepStrictEqual(read(lines), { confirmed: [256, 4], end: "whole" })
      assert.deepStrictEqual(read(lines.slice(0, 259)), { confirmed: [], end: "FileIsTruncated 259" })
      assert.deepStrictEqual(read(lines.slice(0, 262)), { confirmed: [256], end: "FileIsTruncated 262" })
      assert.deepStrictEqual(read(yield* written(256)), { confirmed: [256, 0], end: "whole" })
    }))

  it.effect("are refused by name where they are wrong", () =>
    Effect.gen(function*() {
      const lines = yield* written(260)
      for (const [title, change, end] of mistakes) assert.strictEqual(read(change(lines)).end, end, title)
    }))

  it.effect("tell a changed letter in any line", () =>
    Effect.gen(function*() {
      const lines = yield* written(20)
      for (const [place, line] of lines.entries()) {
        const at = (place * 37) % line.length
        const letter = line[at] === "0" ? "1" : "0"
        const end = read(lines.with(place, `${line.slice(0, at)}${letter}${line.slice(at + 1)}`)).end
        // What an account is called is not in the log: whoever takes the lines in finds that transfers name it.
        if (!line.startsWith("{\"account\"")) assert.notStrictEqual(end, "whole", `line ${place + 1} at ${at}`)
      }
    }))
})
