/** Tabulates which blocks a look reads, and what counts as caught up. */
import { assert, describe, it } from "@effect/vitest"
import { blocksALook, comparableHeight, firstToRead, hasBeenRead, lastToRead } from "@purser/jobs"

describe("TK-5 window of a look", () => {
  it.each([
    ["starts where the operator says", { startHeight: 500, cursor: null, walletHeight: 900 }, 500],
    ["goes back sixty blocks", { startHeight: 0, cursor: 899, walletHeight: 900 }, 839],
    ["never goes below the start", { startHeight: 870, cursor: 899, walletHeight: 900 }, 870],
    ["goes back from a lower top", { startHeight: 0, cursor: 899, walletHeight: 880 }, 819],
    ["makes up for a long absence", { startHeight: 0, cursor: 100, walletHeight: 900 }, 40]
  ])("%s", (_title, at, expected) => assert.strictEqual(firstToRead(at), expected))
})

describe("TK-5 end of a look", () => {
  it.each([
    ["is the wallet's top", { startHeight: 0, cursor: 899, walletHeight: 900 }, 899],
    ["is not far beyond the start", { startHeight: 500, cursor: null, walletHeight: 50_000 }, 499 + blocksALook],
    [
      "is not below a start that was raised",
      { startHeight: 30_000, cursor: 700, walletHeight: 50_000 },
      29_999 + blocksALook
    ],
    ["is not far beyond what was read", { startHeight: 500, cursor: 700, walletHeight: 50_000 }, 700 + blocksALook],
    ["is a lower top", { startHeight: 0, cursor: 899, walletHeight: 880 }, 879]
  ])("%s", (_title, at, expected) => assert.strictEqual(lastToRead(at), expected))
})

const at = (height: number, targetHeight = height) => ({ height, targetHeight })

describe("TK-5 heights of wallet and daemon", () => {
  it.each([
    ["agrees when nothing moves", 100, at(100), at(100), 100],
    ["lets a block arrive before the wallet reads", 101, at(100), at(101), 101],
    ["lets a block arrive after the wallet read", 100, at(100), at(101), 100],
    ["shows a wallet that is behind", 90, at(100), at(100), 100],
    ["shows a wallet that is ahead", 121, at(5), at(5), 5],
    ["shows a daemon that is catching up", 100, at(100, 400), at(100, 400), 400]
  ])(
    "%s",
    (_title, ...[walletHeight, before, after, expected]) =>
      assert.strictEqual(comparableHeight(walletHeight, before, after), expected)
  )
})

describe("TK-7 what a wallet can know of", () => {
  it.each<readonly [string, number | null, number, ReturnType<typeof at>, boolean]>([
    ["a block that was read", 100, 101, at(400), true],
    ["a block that a wallet behind its daemon has yet to read", 100, 100, at(400), false],
    ["a block above the top of a shorter chain", 100, 90, at(90), true],
    ["the pool", null, 100, at(400), true]
  ])(
    "%s",
    (_title, ...[height, walletHeight, daemon, expected]) =>
      assert.strictEqual(hasBeenRead(walletHeight, daemon)({ height }), expected)
  )
})
