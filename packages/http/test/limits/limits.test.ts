import { assert, describe, it } from "@effect/vitest"
import { missersMaximum, Misses } from "../../src/limits/Misses.ts"
import { callersMaximum, Quotas } from "../../src/limits/Quotas.ts"

const minute = 60_000

describe("PF-5 quotas", () => {
  it("allows the quota at once, then refills evenly", () => {
    const quotas = new Quotas({ requests: 3, windowSeconds: 60 })
    assert.deepStrictEqual([1, 2, 3].map(() => quotas.take("a", 0).remaining), [2, 1, 0])
    assert.deepStrictEqual(quotas.take("a", 0), { isAllowed: false, remaining: 0, resetSeconds: 60, retrySeconds: 20 })
    assert.isFalse(quotas.take("a", 19_999).isAllowed)
    assert.isTrue(quotas.take("a", 20_000).isAllowed)
    assert.isFalse(quotas.take("a", 20_001).isAllowed)
  })

  it("keeps callers apart", () => {
    const quotas = new Quotas({ requests: 1, windowSeconds: 60 })
    assert.isTrue(quotas.take("a", 0).isAllowed)
    assert.isTrue(quotas.take("b", 0).isAllowed)
    assert.isFalse(quotas.take("a", 0).isAllowed)
  })

  it("gives nothing when the clock goes back", () => {
    const quotas = new Quotas({ requests: 1, windowSeconds: 60 })
    quotas.take("a", 100_000)
    assert.isFalse(quotas.take("a", 0).isAllowed)
    assert.isFalse(quotas.take("a", 59_000).isAllowed)
  })

  it("never holds more than it promises", () => {
    const quotas = new Quotas({ requests: 5, windowSeconds: 1 })
    quotas.take("a", 0)
    assert.strictEqual(quotas.take("a", 1e9).remaining, 4)
  })

  it("forgets who was seen longest ago", () => {
    const quotas = new Quotas({ requests: 1, windowSeconds: 60 })
    quotas.take("first", 0)
    for (let caller = 1; caller < callersMaximum; caller++) quotas.take(String(caller), 0)
    assert.isFalse(quotas.take("first", 0).isAllowed)
    for (let caller = 0; caller < 100; caller++) quotas.take(`more ${caller}`, 0)
    assert.strictEqual(quotas.size, callersMaximum)
    assert.isFalse(quotas.take("first", 0).isAllowed)
    assert.isTrue(quotas.take("1", 0).isAllowed)
  })
})

const waits = (misses: Misses, count: number, everyMillis: number) =>
  Array.from({ length: count }, (_, index) => {
    misses.add("a", index * everyMillis)
    return misses.waitMillis("a", index * everyMillis)
  })

describe("TK-12 misses", () => {
  it("lets the first hundred pass, then doubles up to five minutes", () => {
    const found = waits(new Misses(), 114, 0)
    assert.deepStrictEqual(found.slice(0, 100), Array.from({ length: 100 }, () => 0))
    assert.deepStrictEqual(found.slice(100, 105), [1_000, 2_000, 4_000, 8_000, 16_000])
    assert.strictEqual(found.at(-1), 300_000)
  })

  it("heals with time", () => {
    const misses = new Misses()
    waits(misses, 104, 0)
    assert.strictEqual(misses.waitMillis("a", 7_000), 1_000)
    assert.strictEqual(misses.waitMillis("a", 8_000), 0)
    misses.add("a", 60 * minute)
    assert.strictEqual(misses.waitMillis("a", 60 * minute), 0)
  })

  it("waits for no clock that was set back", () => {
    const misses = new Misses()
    for (let miss = 0; miss < 130; miss++) misses.add("a", 1_000 * minute)
    assert.strictEqual(misses.waitMillis("a", 1_000 * minute), 300_000)
    assert.strictEqual(misses.waitMillis("a", minute), 0)
  })

  it("does not touch others", () => {
    const misses = new Misses()
    waits(misses, 20, 0)
    assert.strictEqual(misses.waitMillis("b", 0), 0)
  })

  it("remembers a bounded number", () => {
    const misses = new Misses()
    for (let caller = 0; caller < missersMaximum + 10; caller++) misses.add(String(caller), 0)
    assert.strictEqual(misses.size, missersMaximum)
  })
})
