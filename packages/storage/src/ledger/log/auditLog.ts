/** Holds the leaves, tiles and signed heads of the log against the transfers. */
import type { Discrepancy, Transfer } from "@purser/domain/ledger"
import { type Hash, parseCheckpoint, parseNote, sameHash, tilePath, tileWidth } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { SqlError } from "effect/sql/SqlError"
import { bytesOf, hexOf } from "../../hex.ts"
import type { Bench } from "../Bench.ts"
import type { StoredTransfer, Tables } from "../Tables.ts"
import { leafOf, saltOf } from "./leaf.ts"
import { type FullTile, TileStack } from "./TileStack.ts"

type Head = Tables["signed_head"]
type Report = (discrepancy: Discrepancy) => void

/** A transfer with what was stored with it for the log. */
export interface Logged {
  readonly transfer: Transfer
  readonly row: Pick<StoredTransfer, "salt" | "leaf">
}

/** One audit. Show it all transfers in order, page by page, then let it look at the edges. */
export interface LogAudit {
  readonly see: (page: ReadonlyArray<Logged>) => Effect.Effect<void, SqlError>
  readonly finish: Effect.Effect<ReadonlyArray<Discrepancy>, SqlError>
}

/** So many heads beyond the end of the log are named. */
const mostBeyond = 10

const headsWithin = ({ queries: { all, build } }: Bench, after: bigint, upTo: bigint) =>
  all(build.selectFrom("signed_head").selectAll().where("size", ">", after).where("size", "<=", upTo).orderBy("size"))

const storedTiles = ({ queries: { all, build } }: Bench, tiles: ReadonlyArray<FullTile>) =>
  tiles.length === 0
    ? Effect.succeed([])
    : all(
      build.selectFrom("tile").selectAll().where((on) =>
        on.or(tiles.map(({ index, level }) => on.and([on("level", "=", BigInt(level)), on("idx", "=", index)])))
      )
    )

/** The stored leaf, which the tree was made of, or what it has to be where none was stored. */
const leafSeen = ({ row: { leaf, salt }, transfer }: Logged, report: Report): Hash => {
  const expected = leafOf(transfer, saltOf(salt))
  if (leaf === null) return bytesOf(expected)
  const actual = hexOf(leaf)
  if (actual !== expected) report({ invariant: "LeafMatchesTransfer", subject: transfer.id, expected, actual })
  return leaf
}

const compareHead = (head: Head, root: Hash, report: Report): void => {
  const opened = Result.flatMap(parseNote(head.note), ({ text }) => parseCheckpoint(text))
  const isSame = Result.isSuccess(opened) && opened.success.size === head.size && sameHash(opened.success.root, root)
  if (isSame) return
  const actual = Result.isSuccess(opened) ? hexOf(opened.success.root) : opened.failure.message
  report({ invariant: "HeadMatchesLog", subject: `head of ${head.size}`, expected: hexOf(root), actual })
}

const compareTiles = Effect.fnUntraced(function*(bench: Bench, tiles: ReadonlyArray<FullTile>, report: Report) {
  const expected = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]))
  for (const { hashes, idx, level, root } of yield* storedTiles(bench, tiles)) {
    const tile = expected.get(`${level}/${idx}`)!
    if (sameHash(tile.hashes, hashes) && sameHash(tile.root, root)) continue
    report({
      invariant: "TilesMatchLeaves",
      subject: tilePath(tile),
      expected: hexOf(tile.root),
      actual: sameHash(tile.root, root) ? "other hashes" : hexOf(root)
    })
  }
})

/** The tree may lag behind the leaves, but it has no holes, no level behind another, and nothing besides. */
const compareCounts = Effect.fnUntraced(function*({ queries: { all, build } }: Bench, size: bigint, report: Report) {
  const rows = yield* all(
    build.selectFrom("tile").select(["level"])
      .select(({ fn }) => [fn.countAll<bigint>().as("count"), fn.max<bigint>("idx").as("newest")])
      .groupBy("level").orderBy("level")
  )
  const found = new Map(rows.map((row) => [row.level, row]))
  const lowest = found.get(0n)?.newest ?? -1n
  const full = size / BigInt(tileWidth)
  const tiles = lowest + 1n < full ? lowest + 1n : full
  const levels = new Set([...found.keys(), 0n, 1n])
  for (const level of levels) {
    const expected = tiles >> (8n * level)
    const { count, newest } = found.get(level) ?? { count: 0n, newest: -1n }
    if (count === expected && newest === expected - 1n) continue
    report({
      invariant: "TilesMatchLeaves",
      subject: `tiles of level ${level}`,
      expected: `${expected}`,
      actual: `${count}, the last at ${newest}`
    })
  }
})

/** Nothing was signed but what there is: a larger head means that transfers are gone. */
const compareBeyond = Effect.fnUntraced(function*({ queries: { all, build } }: Bench, size: bigint, report: Report) {
  const heads = yield* all(
    build.selectFrom("signed_head").select("size").where("size", ">", size).orderBy("size").limit(mostBeyond)
  )
  for (const head of heads) {
    report({
      invariant: "HeadMatchesLog",
      subject: `head of ${head.size}`,
      expected: `at least ${head.size} transfers`,
      actual: String(size)
    })
  }
})

const compareEmpty = Effect.fnUntraced(function*(bench: Bench, report: Report) {
  for (const head of yield* headsWithin(bench, -1n, 0n)) compareHead(head, new TileStack().root(), report)
})

/** Begins an audit of the log. */
export const makeLogAudit = (bench: Bench): LogAudit => {
  const stack = new TileStack()
  const found: Array<Discrepancy> = []
  const report: Report = (discrepancy) => found.push(discrepancy)
  return {
    see: Effect.fnUntraced(function*(page) {
      const heads = yield* headsWithin(bench, stack.size, stack.size + BigInt(page.length))
      const bySize = new Map(heads.map((head) => [head.size, head]))
      for (const logged of page) {
        stack.push(leafSeen(logged, report))
        const head = bySize.get(stack.size)
        if (head !== undefined) compareHead(head, stack.root(), report)
      }
      yield* compareTiles(bench, stack.takeFull(), report)
    }),
    finish: Effect.gen(function*() {
      yield* compareEmpty(bench, report)
      yield* compareBeyond(bench, stack.size, report)
      yield* compareCounts(bench, stack.size, report)
      return found
    })
  }
}
