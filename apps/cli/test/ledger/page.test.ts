/** Cuts pages at every size that the store gives. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { pageOf } from "../../src/commands/ledger/search/page.ts"

const rows = (count: number) => Array.from({ length: count }, (_, index) => index)

describe("LG-14 pages", () => {
  it.effect.each<readonly [limit: number, there: number, shown: number, hasMore: boolean]>([
    [1, 0, 0, false],
    [1, 1, 1, false],
    [1, 2, 1, true],
    [999, 999, 999, false],
    [999, 1000, 999, true],
    [1000, 999, 999, false],
    // Whether there is a row behind the largest page is seen on the next.
    [1000, 1000, 1000, true],
    [1000, 2000, 1000, true]
  ])("of %i out of %i have %i rows, and more: %s", ([limit, there, shown, hasMore]) =>
    Effect.gen(function*() {
      const asked: Array<number> = []
      const page = yield* pageOf(limit, (most) => {
        asked.push(most)
        return Effect.succeed(rows(there).slice(0, most))
      })
      assert.deepStrictEqual([page.rows.length, page.hasMore], [shown, hasMore])
      assert.isTrue(asked.every((most) => most <= 1000))
    }))
})
