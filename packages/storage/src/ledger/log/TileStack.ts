/** Builds the tiles of the log from its leaves, in memory that does not grow with it. */
import {
  type Hash,
  hashBytes,
  hashesOf,
  nodesInTiles,
  planRoot,
  type Tile,
  tileRoot,
  tileWidth
} from "@purser/domain/transparency"
import * as Result from "effect/Result"
import { sha256 } from "./leaf.ts"

/** A tile whose 256 hashes are all there, and the hash that it is on the next level. */
export interface FullTile extends Tile {
  readonly root: Hash
  readonly hashes: Uint8Array
}

/** A tile out of its hashes. */
export const fullTile = (tile: Tile, hashes: Uint8Array): FullTile => ({
  ...tile,
  root: tileRoot(hashes, sha256),
  hashes
})

interface Edge {
  hashes: Uint8Array
  count: number
  index: bigint
}

/** The last tile of every level. Push the leaves in order; take the tiles that became full now and then. */
export class TileStack {
  readonly #edges: Array<Edge> = []
  #full: Array<FullTile> = []
  #size = 0n

  /** How many leaves were pushed. */
  get size(): bigint {
    return this.#size
  }

  push(leaf: Hash): void {
    this.#size += 1n
    this.#put(0, leaf)
  }

  /** Tiles that became full since the last call. */
  takeFull(): ReadonlyArray<FullTile> {
    const full = this.#full
    this.#full = []
    return full
  }

  /** Root of the leaves so far: its complete subtrees all end in the last tile of a level. */
  root(): Hash {
    const edge = ({ level }: Tile) => this.#edges[level]?.hashes.subarray(0, this.#edges[level].count * hashBytes)
    const found = hashesOf(planRoot(this.#size), nodesInTiles((tile) => this.#whole(tile, edge(tile)), sha256), sha256)
    return Result.getOrThrow(found)[0]!
  }

  #whole({ index, level }: Tile, hashes: Uint8Array | undefined): Uint8Array | undefined {
    return this.#edges[level]?.index === index ? hashes : undefined
  }

  #put(level: number, hash: Hash): void {
    const edge = this.#edges[level] ??= { hashes: new Uint8Array(tileWidth * hashBytes), count: 0, index: 0n }
    edge.hashes.set(hash, edge.count * hashBytes)
    edge.count += 1
    if (edge.count < tileWidth) return
    const tile = fullTile({ level, index: edge.index }, edge.hashes)
    this.#full.push(tile)
    this.#edges[level] = { hashes: new Uint8Array(tileWidth * hashBytes), count: 0, index: edge.index + 1n }
    this.#put(level + 1, tile.root)
  }
}
