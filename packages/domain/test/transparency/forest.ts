/** Grows trees that are known by their definition, to hold the real ones against. */
import {
  emptyRoot,
  type Hash,
  hashBytes,
  leafHash,
  nodeHash,
  type Tile,
  tileRoot,
  widthOf
} from "@purser/domain/transparency"

/** Leaf hashes 0 to `count` - 1, each of its own decimal number. */
export const leavesOf = (count: number): ReadonlyArray<Hash> =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(String(index))))

const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1))

/** MTH of RFC 9162 §2.1.1, word for word. */
export const definedRoot = (leaves: ReadonlyArray<Hash>): Hash => {
  if (leaves.length === 0) return emptyRoot()
  if (leaves.length === 1) return leaves[0]!
  const middle = split(leaves.length)
  return nodeHash(definedRoot(leaves.slice(0, middle)), definedRoot(leaves.slice(middle)))
}

/** PATH of RFC 9162 §2.1.3.1, word for word. */
export const definedPath = (index: number, leaves: ReadonlyArray<Hash>): ReadonlyArray<Hash> => {
  if (leaves.length === 1) return []
  const middle = split(leaves.length)
  return index < middle
    ? [...definedPath(index, leaves.slice(0, middle)), definedRoot(leaves.slice(middle))]
    : [...definedPath(index - middle, leaves.slice(middle)), definedRoot(leaves.slice(0, middle))]
}

/** SUBPROOF of RFC 9162 §2.1.4.1, word for word. */
export const definedGrowth = (from: number, leaves: ReadonlyArray<Hash>, whole = true): ReadonlyArray<Hash> => {
  if (from === leaves.length) return whole ? [] : [definedRoot(leaves)]
  const middle = split(leaves.length)
  return from <= middle
    ? [...definedGrowth(from, leaves.slice(0, middle), whole), definedRoot(leaves.slice(middle))]
    : [...definedGrowth(from - middle, leaves.slice(middle), false), definedRoot(leaves.slice(0, middle))]
}

/** Every tile of the tree over these leaves, as wide as it is at that size. */
export const tilesOver = (leaves: ReadonlyArray<Hash>): (tile: Tile) => Uint8Array | undefined => {
  const levels: Array<ReadonlyArray<Hash>> = [leaves]
  for (let below = leaves; below.length >= 256;) {
    const roots = Array.from(
      { length: Math.floor(below.length / 256) },
      (_, index) => tileRoot(Buffer.concat(below.slice(index * 256, (index + 1) * 256)))
    )
    levels.push(roots)
    below = roots
  }
  return (tile) => {
    const from = Number(tile.index) * 256
    const hashes = levels[tile.level]?.slice(from, from + widthOf(tile, BigInt(leaves.length))) ?? []
    const bytes = Buffer.concat(hashes)
    return bytes.length % hashBytes === 0 && bytes.length > 0 ? bytes : undefined
  }
}
