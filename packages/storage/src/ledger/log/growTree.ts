/** Lets the tree of the log follow the transfers, tile by tile. */
import { LogError } from "@purser/domain/ledger"
import type { StorageError } from "@purser/domain/transaction"
import { hashBytes, tileWidth } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type { SqlError } from "effect/sql/SqlError"
import { hexOf } from "../../hex.ts"
import type { Bench } from "../Bench.ts"
import type { Given } from "../dialect/LedgerDialect.ts"
import { readLeaves } from "./readLeaves.ts"
import { readRoots } from "./readTiles.ts"
import { type FullTile, fullTile } from "./TileStack.ts"

/** How many transfers there are, and how many full tiles of their leaves are written. */
export interface Grown {
  readonly size: bigint
  readonly tiles: bigint
}

const width = BigInt(tileWidth)

/** So many tiles of leaves are written at once, 8,192 transfers: some milliseconds of work. */
const maximumTiles = 32n

const columns = { level: "code", idx: "integer", root: "bytes", hashes: "bytes" } as const

const rowOf = ({ hashes, index, level, root }: FullTile): Given<typeof columns> => ({
  level: BigInt(level),
  idx: index,
  root: hexOf(root),
  hashes: hexOf(hashes)
})

const incomplete = (detail: string) => new LogError({ reason: "TreeIsIncomplete", detail })

const makeLook = ({ queries: { build, first } }: Bench): Effect.Effect<Grown, SqlError> => {
  const look = build.selectFrom("head").select("last")
    .select((on) =>
      on.selectFrom("tile").select("idx").where("level", "=", 0n).orderBy("idx", "desc").limit(1).as("newest")
    )
    .where("name", "=", "ledger")
  return Effect.map(first(look), (row) => ({ size: row?.last ?? 0n, tiles: (row?.newest ?? -1n) + 1n }))
}

const leafTiles = (bench: Bench, from: bigint, to: bigint) =>
  Effect.forEach(
    Array.from({ length: Number(to - from) }, (_, place) => from + BigInt(place)),
    (index) =>
      Effect.gen(function*() {
        const leaves = yield* readLeaves(bench, { first: index * width, last: (index + 1n) * width })
        if (leaves === undefined) {
          return yield* incomplete(`a transfer is missing from ${index * width + 1n} to ${(index + 1n) * width}`)
        }
        const tile = fullTile({ level: 0, index }, leaves)
        // Whoever posts in this process has its turn in between.
        yield* Effect.yieldNow
        return tile
      })
  )

/** The tiles of a level that become full with those below, of which the first is `from`. */
const tilesAbove = Effect.fnUntraced(function*(bench: Bench, below: ReadonlyArray<FullTile>, from: bigint) {
  const level = below[0]!.level + 1
  const [first, last] = [from / width, (from + BigInt(below.length)) / width]
  if (first === last) return []
  const stored = yield* readRoots(bench, { level: level - 1, from: first * width, to: from })
  const roots = Buffer.concat([stored, ...below.map(({ root }) => root)])
  if (BigInt(stored.length) !== (from - first * width) * BigInt(hashBytes)) {
    return yield* incomplete(`a tile is missing from tile/${level - 1}/${first * width} on`)
  }
  const bytes = tileWidth * hashBytes
  return Array.from(
    { length: Number(last - first) },
    (_, place) => fullTile({ level, index: first + BigInt(place) }, roots.subarray(place * bytes, (place + 1) * bytes))
  )
})

/** All that becomes full with the next tiles of leaves. */
const fullTiles = Effect.fnUntraced(function*(bench: Bench, from: bigint, to: bigint) {
  const all: Array<FullTile> = []
  let first = from
  let level: ReadonlyArray<FullTile> = yield* leafTiles(bench, from, to)
  while (level.length > 0) {
    all.push(...level)
    level = yield* tilesAbove(bench, level, first)
    first /= width
  }
  return all
})

/** What is written follows from the transfers, so that it does not matter who else writes it, and when. */
const makeInsert = ({ dialect, sql }: Bench) => {
  const names = Object.keys(columns)
  const text = `INSERT INTO tile (${names.join(", ")}) SELECT ${names.map((name) => `r.${name}`).join(", ")}
    FROM ${dialect.table(columns, 1)} WHERE true ON CONFLICT (level, idx) DO NOTHING`
  return (tiles: ReadonlyArray<FullTile>) => sql.unsafe(text, dialect.parameters({ columns, rows: tiles.map(rowOf) }))
}

/**
 * Writes every tile that is full by now and was not written, some at a time, each time in one statement, so that those of
 * all levels are there together. Answers with how far the tree has grown.
 */
export const makeGrowTree = (bench: Bench): Effect.Effect<Grown, LogError | SqlError | StorageError> => {
  const look = makeLook(bench)
  const insert = makeInsert(bench)
  return Effect.gen(function*() {
    while (true) {
      const grown = yield* look
      const wanted = grown.size / width
      if (wanted <= grown.tiles) return grown
      const next = grown.tiles + maximumTiles
      const tiles = yield* fullTiles(bench, grown.tiles, wanted < next ? wanted : next)
      yield* bench.atomically(insert(tiles))
    }
  })
}
