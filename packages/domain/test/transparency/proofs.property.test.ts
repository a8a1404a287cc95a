import { assert, describe, it } from "@effect/vitest"
import {
  Frontier,
  type Hash,
  hashesOf,
  nodesInTiles,
  planConsistency,
  planInclusion,
  verifyConsistency,
  verifyInclusion
} from "@purser/domain/transparency"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { leavesOf, tilesOver } from "./forest.ts"

const most = 1500
const all = leavesOf(most)
const reader = nodesInTiles(tilesOver(all))
const roots = (() => {
  const frontier = new Frontier()
  const found = [frontier.root()]
  for (const leaf of all) {
    frontier.append(leaf)
    found.push(frontier.root())
  }
  return found
})()

const count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: most }))
const below = (roll: number, limit: number): number => roll % limit
const headOf = (size: number) => ({ size: BigInt(size), root: roots[size]! })

const flipped = (hash: Hash, roll: number): Hash => {
  const changed = Uint8Array.from(hash)
  changed[below(roll, 32)]! ^= 1 << below(roll, 8)
  return changed
}
const withFlip = (hashes: ReadonlyArray<Hash>, place: number, roll: number): ReadonlyArray<Hash> =>
  hashes.map((hash, index) => index === place ? flipped(hash, roll) : hash)

const arbitrary = { runs: 150 }

describe("LG-9 any tree", () => {
  it.prop("proves each leaf, and nothing else", { size: count, roll: count, bit: count }, ({ bit, roll, size }) => {
    const index = below(roll, size)
    const hashes = Result.getOrThrow(hashesOf(planInclusion(BigInt(index), BigInt(size)), reader))
    const claim = { leaf: all[index]!, index: BigInt(index), head: headOf(size), hashes }
    const holds = (changed: Partial<typeof claim>) => Result.isSuccess(verifyInclusion({ ...claim, ...changed }))
    assert.isTrue(holds({}))
    assert.isFalse(holds({ leaf: flipped(claim.leaf, bit) }))
    assert.isFalse(holds({ head: { ...claim.head, root: flipped(claim.head.root, bit) } }))
    for (const place of hashes.keys()) assert.isFalse(holds({ hashes: withFlip(hashes, place, bit) }))
    for (const place of hashes.keys()) assert.isFalse(holds({ hashes: hashes.toSpliced(place, 1) }))
    assert.isFalse(holds({ hashes: [...hashes, claim.leaf] }))
    const other = below(bit, size)
    if (other !== index) assert.isFalse(holds({ index: BigInt(other) }))
    if (bit !== size) assert.isFalse(holds({ head: headOf(bit) }))
  }, { arbitrary })

  it.prop("proves its growth, and nothing else", { size: count, roll: count, bit: count }, ({ bit, roll, size }) => {
    const from = 1 + below(roll, size)
    const hashes = Result.getOrThrow(hashesOf(planConsistency(BigInt(from), BigInt(size)), reader))
    const claim = { from: headOf(from), to: headOf(size), hashes }
    const holds = (changed: Partial<typeof claim>) => Result.isSuccess(verifyConsistency({ ...claim, ...changed }))
    assert.isTrue(holds({}))
    assert.isFalse(holds({ from: { ...claim.from, root: flipped(claim.from.root, bit) } }))
    assert.isFalse(holds({ to: { ...claim.to, root: flipped(claim.to.root, bit) } }))
    for (const place of hashes.keys()) assert.isFalse(holds({ hashes: withFlip(hashes, place, bit) }))
    for (const place of hashes.keys()) assert.isFalse(holds({ hashes: hashes.toSpliced(place, 1) }))
    assert.isFalse(holds({ hashes: [...hashes, claim.to.root] }))
    const other = 1 + below(bit, size)
    if (other !== from) assert.isFalse(holds({ from: headOf(other) }))
  }, { arbitrary })
})
