/** Searches for work, with and without WebAssembly, and stops when it is told to. */
import { assert, describe, it } from "@effect/vitest"
import { type BlockHash, isWorkEnough, makeWorkSearch, workThreshold } from "@purser/integrations/banano"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { workFrom, workValue } from "../../../src/banano/crypto/work.ts"
import { searchSlowly } from "../../../src/banano/work/searchSlowly.ts"
import { wasmModule } from "../../../src/banano/work/wasmModule.ts"

const root = "718CC2121C3E641059BC1C2CFC45666C99E8AE922F7A807B7D07B62C995D79E2" as BlockHash
const other = root.replace("7", "8") as BlockHash
/** One nonce in 4,096. */
const easy = 0xfff0_0000_0000_0000n
/** One nonce in 2^64 at best. */
const hopeless = 0xffff_ffff_ffff_ffffn

type Search = (...words: ReadonlyArray<bigint | number>) => bigint

/** The types of Node leave it to those of browsers. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new(bytes: Uint8Array) => object
    readonly Instance: new(module: object) => { readonly exports: Readonly<Record<string, unknown>> }
  }
}

const words = (hash: string) => [0, 1, 2, 3].map((word) => Buffer.from(hash, "hex").readBigUInt64LE(8 * word))

describe("RW-12 the module that searches", () => {
  const search = new WebAssembly.Instance(new WebAssembly.Module(wasmModule)).exports["search"] as Search

  it("agrees with the reference on which nonce is first", () => {
    for (const hash of [root, other, "0".repeat(64) as BlockHash, "F".repeat(64) as BlockHash]) {
      for (const start of [1n, 0x7fff_ffff_ffff_f000n, 0xffff_ffff_fff0_0000n]) {
        const found = BigInt.asUintN(64, search(start, ...words(hash), easy, 100_000))
        assert.isTrue(workValue(hash, workFrom(found)) >= easy)
        for (let nonce = found - 1n, looked = 0; nonce >= start && looked < 200; nonce--, looked++) {
          assert.isFalse(isWorkEnough(hash, workFrom(nonce), easy))
        }
      }
    }
  })

  it("tries as many as it is told, and takes the published nonce", () => {
    assert.strictEqual(search(0x2b3d_689b_bcb2_1dc0n, ...words(root), workThreshold, 10), 0n)
    assert.strictEqual(search(0x2b3d_689b_bcb2_1dc0n, ...words(root), workThreshold, 11), 0x2b3d_689b_bcb2_1dcan)
  })
})

describe("RW-12 a search for work", () => {
  it.live("finds what Banano asks for", () =>
    Effect.gen(function*() {
      const { find } = yield* makeWorkSearch
      assert.isTrue(isWorkEnough(root, yield* find(root)))
    }), 120_000)

  it.live("starts somewhere else each time", () =>
    Effect.gen(function*() {
      const { find } = yield* makeWorkSearch
      const found = yield* Effect.forEach([1, 2, 3], () => find(root, easy))
      assert.strictEqual(new Set(found).size, 3)
    }))

  it.live("serves several at once, each for its own root", () =>
    Effect.gen(function*() {
      const { find } = yield* makeWorkSearch
      const found = yield* Effect.all([find(root, easy), find(other, easy)], { concurrency: 2 })
      assert.isTrue(isWorkEnough(root, found[0], easy) && isWorkEnough(other, found[1], easy))
    }))

  it.live("stops, and serves the next", () =>
    Effect.gen(function*() {
      const { find } = yield* makeWorkSearch
      const endless = yield* Effect.forkChild(find(root, hopeless), { startImmediately: true })
      yield* Effect.sleep(200)
      yield* Fiber.interrupt(endless)
      assert.isTrue(isWorkEnough(other, yield* find(other, easy), easy))
    }))

  it.live("ends with its scope", () =>
    Effect.gen(function*() {
      const endless = yield* Effect.scoped(Effect.gen(function*() {
        const { find } = yield* makeWorkSearch
        yield* find(root, easy)
        return yield* Effect.forkDetach(Effect.exit(find(root, hopeless)), { startImmediately: true })
      }))
      yield* Fiber.interrupt(endless)
    }))

  it.live("goes on without WebAssembly, a turn at a time", () =>
    Effect.gen(function*() {
      const nonce = yield* searchSlowly(root, easy, 0xffff_ffff_ffff_fff0n)
      assert.isTrue(isWorkEnough(root, workFrom(nonce), easy))
      const endless = yield* Effect.forkChild(searchSlowly(root, hopeless, 0n), { startImmediately: true })
      yield* Effect.sleep(20)
      yield* Fiber.interrupt(endless)
    }))
})
