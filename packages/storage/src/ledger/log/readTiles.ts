/** Reads the tiles that a root or a proof is made of. */
import {
  type Hash,
  hashesOf,
  nodesInTiles,
  type Plan,
  type Tile,
  tilesOf,
  tileWidth,
  type TransparencyError
} from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import type * as Result from "effect/Result"
import type { SqlError } from "effect/sql/SqlError"
import { sql } from "kysely"
import type { Bench } from "../Bench.ts"
import type { Grown } from "./growTree.ts"
import { sha256 } from "./leaf.ts"
import { readLeaves } from "./readLeaves.ts"

type Hashes = readonly [Tile, Uint8Array | undefined]

const keyOf = ({ index, level }: Tile): string => `${level}/${index}`

const levelBits = (level: number): bigint => 8n * BigInt(level)

/** Higher tiles are written with the last of those below them, so what is full follows from the count of the lowest. */
const isFull = ({ tiles }: Grown) => ({ index, level }: Tile): boolean => index < tiles >> levelBits(level)

const readFull = ({ queries: { all, build } }: Bench, tiles: ReadonlyArray<Tile>) =>
  tiles.length === 0 ? Effect.succeed<ReadonlyArray<Hashes>>([]) : Effect.map(
    all(
      build.selectFrom("tile").select(["level", "idx", "hashes"]).where((on) =>
        on.or(tiles.map(({ index, level }) => on.and([on("level", "=", BigInt(level)), on("idx", "=", index)])))
      )
    ),
    (rows) => rows.map(({ hashes, idx, level }): Hashes => [{ level: Number(level), index: idx }, hashes])
  )

/** The hashes that full tiles make on the next level, from one tile up to but not with another. */
export const readRoots = (
  { dialect, queries: { build, first } }: Bench,
  { from, level, to }: { readonly level: number; readonly from: bigint; readonly to: bigint }
): Effect.Effect<Uint8Array, SqlError> =>
  Effect.map(
    first(
      build.selectFrom("tile")
        .select(sql<Uint8Array | null>`${sql.raw(dialect.joinedBytes("root", "idx"))}`.as("roots"))
        .where("level", "=", BigInt(level)).where("idx", ">=", from).where("idx", "<", to)
    ),
    (row) => row?.roots ?? new Uint8Array()
  )

/** The last tile of a level, which is not full yet: leaves, or what the full tiles below make. */
const readEdge = (bench: Bench, { size, tiles }: Grown, tile: Tile): Effect.Effect<Hashes, SqlError> => {
  const from = tile.index * BigInt(tileWidth)
  return Effect.map(
    tile.level === 0
      ? readLeaves(bench, { first: from, last: size })
      : readRoots(bench, { level: tile.level - 1, from, to: tiles >> levelBits(tile.level - 1) }),
    (hashes) => [tile, hashes]
  )
}

/** The hashes of a plan in the tree that is there; one that is missing is refused by name. */
export const readPlan = (
  bench: Bench,
  grown: Grown,
  plan: Plan
): Effect.Effect<Result.Result<ReadonlyArray<Hash>, TransparencyError>, SqlError> =>
  Effect.gen(function*() {
    const wanted = tilesOf(plan)
    const isFullTile = isFull(grown)
    const full = yield* readFull(bench, wanted.filter(isFullTile))
    const edges = yield* Effect.forEach(
      wanted.filter((tile) => !isFullTile(tile)),
      (tile) => readEdge(bench, grown, tile)
    )
    const found = new Map([...full, ...edges].map(([tile, hashes]) => [keyOf(tile), hashes]))
    return hashesOf(plan, nodesInTiles((tile) => found.get(keyOf(tile)), sha256), sha256)
  })
