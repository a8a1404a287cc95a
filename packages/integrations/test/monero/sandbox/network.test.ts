/** Tables of what becomes of transactions. */
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import type { ChainState } from "../../../src/monero/sandbox/chain/ChainState.ts"
import { doubleSpend, mine, reorganise, resend, type Step } from "../../../src/monero/sandbox/chain/network.ts"
import { after, type Deed, deeds, idOf, named, sent } from "./chains.ts"

const { doubleSpend: spend, mine: mined, pay, replace, resend: again, reward } = deeds

describe("TK-15 the sandbox's network", () => {
  it.each<readonly [what: string, steps: ReadonlyArray<Deed>, place: string | number, height: number]>([
    ["waits in the pool", [pay("a")], "pool", 1],
    ["is in the next block", [pay("a"), mined(1)], 1, 2],
    ["is in the first of many", [mined(2), pay("a"), mined(9)], 3, 12],
    ["stays above a replaced block", [pay("a"), mined(4), replace(3, "lost")], 1, 6],
    ["goes back with its block", [pay("a"), mined(3), replace(3, "pool")], "pool", 5],
    ["is in a later block then", [pay("a"), mined(3), replace(3, "pool"), mined(1)], 5, 6],
    ["is lost with its block", [pay("a"), mined(3), replace(3, "lost")], "lost", 5],
    ["stays lost", [pay("a"), mined(1), replace(1, "lost"), mined(5)], "lost", 8],
    ["is not taken from the pool by foreign blocks", [mined(3), pay("a"), replace(2, "lost")], "pool", 5],
    ["comes back when it is sent again", [pay("a"), mined(1), replace(1, "lost"), again("a")], "pool", 3],
    ["is mined then", [pay("a"), mined(1), replace(1, "lost"), again("a"), mined(1)], 3, 4],
    ["is spent elsewhere for good", [pay("a"), mined(1), replace(1, "lost"), spend("a")], "spent", 4],
    ["is spent out of the pool", [pay("a"), spend("a"), mined(1)], "spent", 3],
    ["is a reward of its block", [reward("a")], 1, 2],
    ["is a reward no more without its block", [reward("a"), replace(1, "pool")], "spent", 3]
  ])("%s", (...[, steps, place, height]) => {
    const state = after(...steps)
    assert.deepStrictEqual([named(state, "a").place, state.height], [place, height])
  })

  it("pays the reward of every block", () => {
    const { height, transactions } = Result.getOrThrow(mine(after(mined(1)), 3, (at) => sent(`reward ${at}`)))
    assert.deepStrictEqual(transactions.map(({ id, place }) => [id, place]), [
      [idOf("reward 2"), 2],
      [idOf("reward 3"), 3],
      [idOf("reward 4"), 4]
    ])
    assert.strictEqual(height, 5)
  })

  it("keeps other transactions where they are", () => {
    const state = after(pay("a"), mined(1), pay("b"), mined(1), pay("c"), replace(1, "lost"), again("b"), spend("b"))
    assert.deepStrictEqual(["a", "b", "c"].map((name) => named(state, name).place), [1, "spent", 4])
  })

  it.each<readonly [what: string, code: string, steps: ReadonlyArray<Deed>, (state: ChainState) => Step]>([
    ["no blocks", "blocks", [], (state) => mine(state, 0)],
    ["a part of a block", "blocks", [], (state) => mine(state, 0.5)],
    ["too many blocks", "blocks", [], (state) => mine(state, 10_001)],
    ["a depth of nothing", "depth", [mined(3)], (state) => reorganise(state, { depth: 0, fate: "lost" })],
    ["the first block replaced", "depth", [mined(3)], (state) => reorganise(state, { depth: 4, fate: "lost" })],
    ["a foreign id", "unknown_transaction", [], (state) => resend(state, idOf("a"))],
    ["a foreign id spent", "unknown_transaction", [], (state) => doubleSpend(state, idOf("a"))],
    ["what waits sent again", "not_lost", [pay("a")], (state) => resend(state, idOf("a"))],
    ["what is mined sent again", "not_lost", [pay("a"), mined(1)], (state) => resend(state, idOf("a"))],
    ["what is spent sent again", "not_lost", [pay("a"), spend("a")], (state) => resend(state, idOf("a"))],
    ["what is mined spent again", "in_a_block", [pay("a"), mined(1)], (state) => doubleSpend(state, idOf("a"))]
  ])("refuses %s as %s", (...[, code, steps, step]) => {
    const result = step(after(...steps))
    assert.strictEqual(Result.isFailure(result) ? result.failure.code : "none", code)
  })

  it("replaces all but the first block", () => {
    assert.strictEqual(after(mined(3), replace(3, "lost")).height, 5)
  })
})
