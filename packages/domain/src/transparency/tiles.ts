/** Keeps trees in tiles of 256 hashes, in the layout of c2sp.org/tlog-tiles. */
import { sha256 } from "@noble/hashes/sha2.js"
import { type Hash, hashBytes, type HashFunction } from "./hash.ts"
import type { Node, Plan } from "./tree.ts"

/** Hashes in a full tile. */
export const tileWidth = 256

/** Levels of the tree from one level of tiles to the next: 2^8 = 256. */
const tileHeight = 8

/** A tile: its hashes are the nodes of tree level 8 × `level`, 256 of them, from `index` × 256 on. */
export interface Tile {
  readonly level: number
  readonly index: bigint
}

const homeOf = ({ index, level }: Node): Tile => {
  const tileLevel = Math.floor(level / tileHeight)
  return { level: tileLevel, index: index >> BigInt(tileHeight - (level - tileLevel * tileHeight)) }
}

const keyOf = ({ index, level }: Tile): string => `${level}/${index}`

/** The tiles that hold every node of a plan, each once: read these, then compute. */
export const tilesOf = (plan: Plan): ReadonlyArray<Tile> => [
  ...new Map(plan.flat().map(homeOf).map((tile) => [keyOf(tile), tile])).values()
]

/** How many hashes the tile has in a tree of that size, 0 to 256. */
export const widthOf = ({ index, level }: Tile, size: bigint): number => {
  const complete = (size >> BigInt(tileHeight * level)) - index * BigInt(tileWidth)
  return complete <= 0n ? 0 : complete >= BigInt(tileWidth) ? tileWidth : Number(complete)
}

/** Path of a tile: `tile/0/x001/x234/067`, and `.p/` with the width when that is not full. */
export const tilePath = ({ index, level }: Tile, width: number = tileWidth): string => {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/gu)!
  const name = groups.map((group, place) => place === groups.length - 1 ? group : `x${group}`).join("/")
  return `tile/${level}/${name}${width === tileWidth ? "" : `.p/${width}`}`
}

/** Root of some hashes that lie side by side, a power of two of them: `nodeHash` of each pair, row by row. */
const fold = (hashes: Uint8Array, hash: HashFunction = sha256): Hash => {
  const input = new Uint8Array(1 + 2 * hashBytes)
  input[0] = 1
  let row = hashes
  while (row.length > hashBytes) {
    const above = new Uint8Array(row.length / 2)
    for (let from = 0; from < above.length; from += hashBytes) {
      input.set(row.subarray(2 * from, 2 * (from + hashBytes)), 1)
      above.set(hash(input), from)
    }
    row = above
  }
  return row
}

/** Root of a full tile, given as its hashes one after the other: the hash that the tile above has of it. */
export const tileRoot = (hashes: Uint8Array, hash?: HashFunction): Hash => fold(hashes, hash)

/** Reads nodes out of tiles. Undefined where a tile is not there, or not wide enough. */
export const nodesInTiles =
  (tile: (tile: Tile) => Uint8Array | undefined, hash?: HashFunction) => (node: Node): Hash | undefined => {
    const home = homeOf(node)
    const count = 2 ** (node.level - home.level * tileHeight)
    const from = Number(node.index * BigInt(count) - home.index * BigInt(tileWidth)) * hashBytes
    const hashes = tile(home)?.subarray(from, from + count * hashBytes)
    return hashes?.length === count * hashBytes ? fold(hashes, hash) : undefined
  }
