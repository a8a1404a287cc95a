import { assert, describe, it } from "@effect/vitest"
import { RetryRules } from "@purser/domain/payouts"

describe("RW-10 waits", () => {
  const policy = { baseMillis: 100, ceilingMillis: 1_000, mostAttempts: 3 }
  it.each([
    [1, 1, 100],
    [2, 1, 200],
    [4, 1, 800],
    [5, 1, 1_000],
    [5_000, 1, 1_000],
    [3, 0.5, 200],
    [3, 0, 0],
    [1, 7, 100],
    [1, -7, 0]
  ])("after %d attempts by chance %d are %d ms", (attempts, chance, millis) => {
    assert.strictEqual(RetryRules.waitMillis(policy, attempts, chance), millis)
  })
})
