import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { equalHexInConstantTime, equalInConstantTime } from "../../src/tickets/constantTime.ts"

const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill)

/** Counts how many places are read. */
const counted = (bytes: Uint8Array) => {
  const read: Array<number> = []
  const proxy = new Proxy(bytes, {
    get: (target, name) => {
      if (typeof name === "string" && /^\d+$/u.test(name)) read.push(Number(name))
      return Reflect.get(target, name) as unknown
    }
  })
  return { proxy, read }
}

describe("TK-12 comparing secrets", () => {
  it.each([
    ["nothing with nothing", bytes(0), bytes(0), true],
    ["the same", bytes(32), bytes(32), true],
    ["another", bytes(32), bytes(32, 8), false],
    ["a shorter one", bytes(32), bytes(31), false],
    ["a longer one", bytes(31), bytes(32), false],
    ["nothing with something", bytes(0), bytes(1), false],
    ["a shorter one that ends in zeros", Uint8Array.of(1, 0), Uint8Array.of(1), false],
    ["a longer one that ends in zeros", Uint8Array.of(1), Uint8Array.of(1, 0), false]
  ] as ReadonlyArray<readonly [string, Uint8Array, Uint8Array, boolean]>)("tells %s", (...row) => {
    const [, left, right, isSame] = row
    assert.strictEqual(equalInConstantTime(left, right), isSame)
  })

  it("reads every place, wherever the difference is", () => {
    const everywhere = Array.from({ length: 32 }, (_, index) => index)
    for (const place of [undefined, ...everywhere]) {
      const other = bytes(32)
      if (place !== undefined) other[place]! ^= 1
      const [left, right] = [counted(bytes(32)), counted(other)]
      assert.strictEqual(equalInConstantTime(left.proxy, right.proxy), place === undefined)
      assert.deepStrictEqual([left.read, right.read], [everywhere, everywhere])
    }
  })

  const hex = Schema.String.check(Schema.isPattern(/^[0-9a-f]{0,4}$/u))

  it.prop("agrees with the usual comparison", { left: hex, right: hex }, ({ left, right }) => {
    assert.strictEqual(equalHexInConstantTime(left, right), left === right)
    assert.isTrue(equalHexInConstantTime(left, left))
  }, { arbitrary: { runs: 300 } })
})
