import { assert, describe, it } from "@effect/vitest"
import { emptyRoot, leafHash, nodeHash } from "@purser/domain/transparency"
import { createHash } from "node:crypto"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const sha256 = (text: string): string => createHash("sha256").update(Buffer.from(text, "hex")).digest("hex")

const unhashed = (bytes: Uint8Array) => bytes

describe("LG-9 hashing after RFC 9162", () => {
  it("hashes no leaves as nothing", () => {
    assert.strictEqual(hex(emptyRoot()), sha256(""))
  })

  it("puts 0 before a leaf", () => {
    assert.strictEqual(
      hex(leafHash(new Uint8Array(0))),
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert.strictEqual(hex(leafHash(Uint8Array.of(0x20, 0x21))), sha256("002021"))
  })

  it("puts 1 before a node", () => {
    const root = nodeHash(leafHash(new Uint8Array(0)), leafHash(Uint8Array.of(0)))
    assert.strictEqual(hex(root), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
  })

  it("takes another hash function", () => {
    assert.strictEqual(hex(leafHash(Uint8Array.of(7), unhashed)), "0007")
    assert.strictEqual(
      hex(nodeHash(new Uint8Array(32), new Uint8Array(32).fill(1), unhashed)),
      `01${"00".repeat(32)}${"01".repeat(32)}`
    )
  })
})
