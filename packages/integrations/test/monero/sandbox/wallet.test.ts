/** Tables of what a wallet shows, and of what it no longer knows. */
import { assert, describe, it } from "@effect/vitest"
import { amountMinorOf, balanceMinor, type Entry, inBlocks, inPool } from "../../../src/monero/sandbox/chain/wallet.ts"
import { after, type Deed, deeds, idOf } from "./chains.ts"

const { doubleSpend, lookAtPool, mine, pay, refresh, replace, resend } = deeds

const shown = (entry: Entry) => [entry.height, amountMinorOf(entry)] as const

type Shown = ReadonlyArray<readonly [height: number | null, amountMinor: bigint]>

describe("TK-6 the sandbox's wallet", () => {
  it.each<readonly [what: string, steps: ReadonlyArray<Deed>, blocks: Shown, pool: Shown]>([
    ["nothing that it did not look at", [pay("a"), mine(1)], [], []],
    ["the pool when it looks there", [pay("a"), lookAtPool], [], [[null, 5n]]],
    ["the pool when it is refreshed", [pay("a"), refresh], [], [[null, 5n]]],
    ["a block when it is refreshed", [pay("a"), mine(1), refresh], [[1, 5n]], []],
    ["the pool until it is refreshed", [pay("a"), lookAtPool, mine(1), lookAtPool], [], [[null, 5n]]],
    ["no pool after that", [pay("a"), lookAtPool, mine(1), refresh], [[1, 5n]], []],
    ["a replaced block until then", [pay("a"), mine(1), refresh, replace(1, "lost")], [[1, 5n]], []],
    ["no lost block after that", [pay("a"), mine(1), refresh, replace(1, "lost"), refresh], [], []],
    [
      "no amount of what it sees go back",
      [pay("a"), mine(1), refresh, replace(1, "pool"), lookAtPool],
      [[1, 5n]],
      [[null, 0n]]
    ],
    [
      "no amount of it later either",
      [pay("a"), mine(1), refresh, replace(1, "pool"), lookAtPool, refresh, refresh],
      [],
      [[null, 0n]]
    ],
    [
      "its amount once it is mined again",
      [pay("a"), mine(1), refresh, replace(1, "pool"), lookAtPool, mine(1), refresh],
      [[3, 5n]],
      []
    ],
    [
      "the amount of what went back unseen",
      [pay("a"), mine(1), refresh, replace(1, "pool"), refresh],
      [],
      [[null, 5n]]
    ],
    [
      "nothing that is in a pool for the second time",
      [pay("a"), lookAtPool, mine(1), refresh, replace(1, "pool"), refresh],
      [],
      []
    ],
    [
      "it once it is mined for the second time",
      [pay("a"), lookAtPool, mine(1), refresh, replace(1, "pool"), refresh, mine(1), refresh],
      [[3, 5n]],
      []
    ],
    [
      "what was sent again",
      [pay("a"), mine(1), refresh, replace(1, "lost"), refresh, resend("a"), lookAtPool],
      [],
      [[null, 5n]]
    ],
    ["nothing that was spent elsewhere", [pay("a"), lookAtPool, doubleSpend("a"), refresh], [], []],
    [
      "another block after a reorganisation",
      [pay("a"), mine(2), refresh, replace(2, "pool"), mine(1), refresh],
      [[4, 5n]],
      []
    ]
  ])("shows %s", (...[, steps, blocks, pool]) => {
    const state = after(...steps)
    assert.deepStrictEqual(inBlocks(state).map(shown), blocks)
    assert.deepStrictEqual(inPool(state).map(shown), pool)
    assert.strictEqual(balanceMinor(state), blocks.reduce((sum, [, amountMinor]) => sum + amountMinor, 0n))
  })

  it("counts the blocks that it has read", () => {
    assert.deepStrictEqual([after(mine(3)).walletHeight, after(mine(3), refresh).walletHeight], [1, 4])
  })

  it("makes one entry of each address", () => {
    const outputs = [
      { subaddress: 0, amountMinor: 1n },
      { subaddress: 2, amountMinor: 10n },
      { subaddress: 0, amountMinor: 100n }
    ]
    const entries = inPool(after(pay("a", { outputs }), lookAtPool))
    assert.deepStrictEqual(entries.map(({ amountsMinor, subaddress }) => [subaddress, amountsMinor]), [
      [0, [1n, 100n]],
      [2, [10n]]
    ])
  })

  it("lists in no order of blocks", () => {
    const state = after(pay("b"), mine(1), pay("a"), mine(1), pay("c"), mine(1), refresh)
    assert.deepStrictEqual(inBlocks(state).map(({ transaction }) => transaction.id), ["a", "b", "c"].map(idOf))
  })
})
