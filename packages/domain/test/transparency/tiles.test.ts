import { assert, describe, it } from "@effect/vitest"
import {
  planConsistency,
  planInclusion,
  planRoot,
  tilePath,
  tileRoot,
  tilesOf,
  widthOf
} from "@purser/domain/transparency"
import { definedRoot, leavesOf } from "./forest.ts"

describe("LG-9 tiles after c2sp.org/tlog-tiles", () => {
  it.each(
    [
      [{ level: 0, index: 0n }, 256, "tile/0/000"],
      [{ level: 0, index: 999n }, 256, "tile/0/999"],
      [{ level: 1, index: 1000n }, 256, "tile/1/x001/000"],
      [{ level: 0, index: 1_234_067n }, 256, "tile/0/x001/x234/067"],
      [{ level: 0, index: 273n }, 112, "tile/0/273.p/112"],
      [{ level: 2, index: 0n }, 1, "tile/2/000.p/1"]
    ] as const
  )("are named by place and width", (tile, width, path) => {
    assert.strictEqual(tilePath(tile, width), path)
  })

  it("are as wide as the tree has complete nodes for them", () => {
    const size = 70_000n
    assert.strictEqual(widthOf({ level: 0, index: 272n }, size), 256)
    assert.strictEqual(widthOf({ level: 0, index: 273n }, size), 112)
    assert.strictEqual(widthOf({ level: 0, index: 274n }, size), 0)
    assert.strictEqual(widthOf({ level: 1, index: 0n }, size), 256)
    assert.strictEqual(widthOf({ level: 1, index: 1n }, size), 17)
    assert.strictEqual(widthOf({ level: 2, index: 0n }, size), 1)
    assert.strictEqual(widthOf({ level: 3, index: 0n }, size), 0)
  })

  it("have the root that the tile above holds", () => {
    const leaves = leavesOf(256)
    assert.deepStrictEqual(Buffer.from(tileRoot(Buffer.concat(leaves))), Buffer.from(definedRoot(leaves)))
  })

  it("are few for any proof", () => {
    const size = 10_000_000n
    for (const plan of [planInclusion(5_000_001n, size), planConsistency(4_999_999n, size), planRoot(size)]) {
      assert.isAtMost(tilesOf(plan).length, 6)
    }
    assert.deepStrictEqual(tilesOf(planInclusion(3n, 100n)), [{ level: 0, index: 0n }])
    assert.deepStrictEqual(tilesOf(planRoot(0n)), [])
  })
})
