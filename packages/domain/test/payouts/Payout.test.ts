import { assert, describe, it } from "@effect/vitest"
import { payoutKey } from "@purser/domain/payouts"
import * as Result from "effect/Result"

const key = (...ids: ReadonlyArray<string>) =>
  Result.match(payoutKey(ids), { onFailure: ({ why }) => why, onSuccess: (found) => String(found) })

describe("RW-7 the key of a payout", () => {
  it("is the SHA-256 of the sorted ids, in any order", () => {
    assert.strictEqual(key("b", "a"), "1eb7c54d52831bbfe8942af0b1c56b7409523a59ed6ca99c1174fef7eb32c1b5")
    assert.strictEqual(key("a", "b"), key("b", "a"))
    assert.notStrictEqual(key("a", "b"), key("ab"))
  })

  it("is refused to none, one twice, and what could be read as two", () => {
    assert.deepStrictEqual([key(), key("a", "a"), key("a,b"), key("")], [
      "NoAccruals",
      "AccrualTwice",
      "AccrualMalformed",
      "AccrualMalformed"
    ])
  })
})
