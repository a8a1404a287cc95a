import { assert, describe, it } from "@effect/vitest"
import {
  Frontier,
  type Hash,
  hashesOf,
  leafHash,
  nodesInTiles,
  type Plan,
  planConsistency,
  planInclusion,
  planRoot,
  verifyConsistency,
  verifyInclusion
} from "@purser/domain/transparency"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { definedGrowth, definedPath, definedRoot, leavesOf, tilesOver } from "./forest.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const unhex = (text: string): Hash => Uint8Array.from(Buffer.from(text, "hex"))
const printed = (hashes: ReadonlyArray<Hash>) => hashes.map(hex)
const reasonFor = (verdict: ReturnType<typeof verifyInclusion>) =>
  Result.isFailure(verdict) ? verdict.failure.reason : "holds"

const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
  .map((data) => leafHash(unhex(data)))

const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
]

const read = (size: number, plan: Plan) =>
  printed(Result.getOrThrow(hashesOf(plan, nodesInTiles(tilesOver(leaves.slice(0, size))))))

describe("LG-9 roots and proofs that others computed too", () => {
  it.each(roots.map((root, size) => [size, root] as const))("finds the root of %i leaves", (size, root) => {
    const frontier = new Frontier()
    for (const leaf of leaves.slice(0, size)) frontier.append(leaf)
    assert.strictEqual(hex(frontier.root()), root)
    assert.strictEqual(frontier.size, BigInt(size))
    assert.deepStrictEqual(read(size, planRoot(BigInt(size))), [root])
  })

  it("leads from leaf 5 to the root of 8", () => {
    assert.deepStrictEqual(read(8, planInclusion(5n, 8n)), [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      roots[4]
    ])
  })

  it("leads from leaf 2 to the root of 3", () => {
    assert.deepStrictEqual(read(3, planInclusion(2n, 3n)), [roots[2]])
  })

  it("leads from 6 leaves to 8", () => {
    assert.deepStrictEqual(read(8, planConsistency(6n, 8n)), [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      roots[4]
    ])
  })

  it("shows growth from one leaf as its inclusion", () => {
    assert.deepStrictEqual(planConsistency(1n, 8n), planInclusion(0n, 8n))
  })

  it("proves nothing between equal sizes", () => {
    assert.deepStrictEqual(planConsistency(7n, 7n), [])
    assert.deepStrictEqual(planInclusion(0n, 1n), [])
  })
})

type Row = readonly [string, string, string, number, number, ReadonlyArray<number>, boolean]

/** Cases of transparency-dev/merkle under the Apache License 2.0; the file says where they are from. */
const merkleCases = JSON.parse(readFileSync(new URL("./merkleCases.json", import.meta.url), "utf8")) as {
  readonly hashes: ReadonlyArray<string>
  readonly inclusion: ReadonlyArray<Row>
  readonly consistency: ReadonlyArray<Row>
}

/** Where a case writes "don't care" for a root it gets the hash of that: a root of another length is refused here. */
const knownHash = (text: string): Hash => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"))
  return Buffer.from(bytes).toString().startsWith("don't care") ? leafHash(bytes) : bytes
}
const known = merkleCases.hashes.map(knownHash)
const caseOf = ([name, first, second, one, other, proof, holds]: Row) => ({
  name,
  numbers: [BigInt(first), BigInt(second)] as const,
  hashes: [known[one]!, known[other]!] as const,
  proof: proof.map((place) => known[place]!),
  holds
})
const inclusionCases = merkleCases.inclusion.map(caseOf)
const consistencyCases = merkleCases.consistency.map(caseOf)

describe("LG-9 cases of transparency-dev/merkle", () => {
  it("are all there", () => {
    assert.strictEqual(inclusionCases.length + consistencyCases.length, 196)
    assert.strictEqual([...inclusionCases, ...consistencyCases].filter(({ holds }) => holds).length, 12)
  })

  it.each(inclusionCases)("decides $name", ({ hashes: [leaf, root], holds, numbers: [index, size], proof }) => {
    assert.strictEqual(Result.isSuccess(verifyInclusion({ leaf, index, head: { size, root }, hashes: proof })), holds)
  })

  it.each(consistencyCases)("decides $name", ({ hashes: [old, now], holds, numbers: [from, to], proof }) => {
    const claim = { from: { size: from, root: old }, to: { size: to, root: now }, hashes: proof }
    assert.strictEqual(Result.isSuccess(verifyConsistency(claim)), holds)
  })
})

describe("LG-9 a proof that does not hold", () => {
  const root = unhex(roots[8]!)
  const inclusion = { leaf: leaves[5]!, index: 5n, head: { size: 8n, root }, hashes: definedPath(5, leaves) }
  const growth = {
    from: { size: 6n, root: unhex(roots[6]!) },
    to: { size: 8n, root },
    hashes: definedGrowth(6, leaves)
  }
  const short = new Uint8Array(31)

  it("holds before it is touched", () => {
    assert.strictEqual(reasonFor(verifyInclusion(inclusion)), "holds")
    assert.strictEqual(reasonFor(verifyConsistency(growth)), "holds")
  })

  it.each(
    [
      ["HashMustHave32Bytes", { leaf: short }],
      ["HashMustHave32Bytes", { hashes: [...inclusion.hashes.slice(0, 2), short] }],
      ["HashMustHave32Bytes", { head: { size: 8n, root: short } }],
      ["IndexOutsideTree", { index: 8n }],
      ["IndexOutsideTree", { index: -1n }],
      ["IndexOutsideTree", { head: { size: 0n, root } }],
      ["ProofHasWrongLength", { hashes: inclusion.hashes.slice(1) }],
      ["ProofHasWrongLength", { hashes: [...inclusion.hashes, root] }],
      ["RootDiffers", { index: 4n }],
      ["RootDiffers", { head: { size: 8n, root: leaves[0]! } }],
      ["ProofHasWrongLength", { head: { size: 2n ** 62n, root } }]
    ] as const
  )("of inclusion is refused with %s", (reason, changed) => {
    assert.strictEqual(reasonFor(verifyInclusion({ ...inclusion, ...changed })), reason)
  })

  it.each(
    [
      ["HashMustHave32Bytes", { hashes: [short] }],
      ["HashMustHave32Bytes", { from: { size: 6n, root: short } }],
      ["HashMustHave32Bytes", { to: { size: 8n, root: short } }],
      ["ConsistencyFromNothing", { from: { size: 0n, root: unhex(roots[0]!) }, hashes: [] }],
      ["ConsistencyFromNothing", { from: { size: -1n, root }, hashes: [] }],
      ["SizesOutOfOrder", { from: { size: 9n, root } }],
      ["ProofHasWrongLength", { from: { size: 8n, root } }],
      ["ProofHasWrongLength", { hashes: [] }],
      ["ProofHasWrongLength", { hashes: growth.hashes.slice(1) }],
      ["ProofHasWrongLength", { hashes: [...growth.hashes, root] }],
      ["OldRootDiffers", { from: { size: 6n, root } }],
      ["RootDiffers", { to: { size: 8n, root: leaves[0]! } }],
      ["RootDiffers", { from: { size: 8n, root: leaves[0]! }, hashes: [] }]
    ] as const
  )("of growth is refused with %s", (reason, changed) => {
    assert.strictEqual(reasonFor(verifyConsistency({ ...growth, ...changed })), reason)
  })

  it("names the node that is not there", () => {
    const narrow = nodesInTiles(tilesOver(leaves.slice(0, 4)))
    const found = hashesOf(planInclusion(5n, 8n), narrow)
    assert.strictEqual(Result.isFailure(found) ? found.failure.message : "", "NodeMissing: level 0, index 4")
  })
})

describe("LG-9 trees across tiles", () => {
  const many = leavesOf(700)

  it.each([1, 255, 256, 257, 511, 512, 513, 700])("prove any leaf of %i", (size) => {
    const tree = many.slice(0, size)
    const reader = nodesInTiles(tilesOver(tree))
    assert.strictEqual(hex(Result.getOrThrow(hashesOf(planRoot(BigInt(size)), reader))[0]!), hex(definedRoot(tree)))
    for (const index of [0, Math.floor(size / 3), Math.floor(size / 2), size - 1]) {
      const path = Result.getOrThrow(hashesOf(planInclusion(BigInt(index), BigInt(size)), reader))
      assert.deepStrictEqual(printed(path), printed(definedPath(index, tree)))
      const growth = Result.getOrThrow(hashesOf(planConsistency(BigInt(index + 1), BigInt(size)), reader))
      assert.deepStrictEqual(printed(growth), printed(definedGrowth(index + 1, tree)))
    }
  })
})
