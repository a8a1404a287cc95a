/** Asks a log for roots, proofs and heads, and checks them as an outsider would. */
import { assert, type Vitest } from "@effect/vitest"
import { LedgerLog, type LogError, LogSalt, LogSalts, recordOf, type Transfer, TransferId } from "@purser/domain/ledger"
import { Frontier, type Hash, leafHash, verifyConsistency, verifyInclusion } from "@purser/domain/transparency"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { booked, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

const salt = LogSalt.make("0123456789abcdef".repeat(2))

/** Makes every record predictable. */
export const sameSalts = Layer.succeed(LogSalts, (count) => Array.from({ length: count }, () => salt))

const leafOf = (transfer: Transfer): Hash => leafHash(recordOf(transfer, salt))

const rootOf = (leaves: ReadonlyArray<Hash>, size: number): Hash => {
  const tree = new Frontier()
  for (const leaf of leaves.slice(0, size)) tree.append(leaf)
  return tree.root()
}

const total = 700
const sizes = [0, 1, 2, 3, 255, 256, 257, 300, 511, 512, 513, total]

/** Books until there are `total` transfers; answers with all. */
const grown = Effect.gen(function*() {
  const asks = yield* openedAsks("log")
  const transfers: Array<Transfer> = []
  while (transfers.length < total) {
    const names = Array.from({ length: Math.min(64, total - transfers.length) }, (_, index) => transfers.length + index)
    transfers.push(...yield* booked(...names.map((name) => asks.post(String(name)))))
  }
  return transfers
})

const reasonOf = <A, R>(effect: Effect.Effect<A, LogError | { readonly _tag: "StorageError" }, R>) =>
  Effect.map(Effect.flip(effect), (error) => "reason" in error ? error.reason : error._tag)

const headAt = (size: bigint, note: string) => ({ size, note, signedAtMillis: 1_700_000_000_000 })

/** The tests, on a ledger of their own in which all salts are the same. */
export const logSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  let transfers: ReadonlyArray<Transfer> = []
  let leaves: ReadonlyArray<Hash> = []

  it.effect("has the root of its transfers at every size", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      assert.strictEqual(yield* log.size, 0n)
      transfers = yield* grown
      leaves = transfers.map(leafOf)
      assert.strictEqual(yield* log.size, BigInt(total))
      for (const size of sizes) {
        assert.deepStrictEqual(Buffer.from(yield* log.root(BigInt(size))), Buffer.from(rootOf(leaves, size)))
      }
    }))

  it.effect("proves each transfer at each size that holds it", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      for (const size of sizes) {
        const head = { size: BigInt(size), root: rootOf(leaves, size) }
        for (const index of [0, 1, 254, 255, 256, 299, 511, 512, total - 1].filter((place) => place < size)) {
          const proof = yield* log.inclusion(transfers[index]!.id, head.size)
          assert.deepStrictEqual(proof.transfer, transfers[index])
          assert.strictEqual(proof.salt, salt)
          const claim = { leaf: leaves[index]!, index: BigInt(index), hashes: proof.hashes, head }
          assert.isTrue(Result.isSuccess(verifyInclusion(claim)))
        }
      }
    }))

  it.effect("proves that it continues what it was", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      const pairs = sizes.flatMap((from) =>
        sizes.filter((to) => from > 0 && from <= to).map((to) => [from, to] as const)
      )
      for (const [from, to] of pairs) {
        const hashes = yield* log.consistency(BigInt(from), BigInt(to))
        const head = (size: number) => ({ size: BigInt(size), root: rootOf(leaves, size) })
        assert.isTrue(Result.isSuccess(verifyConsistency({ from: head(from), to: head(to), hashes })))
      }
    }))

  it.effect("refuses by name what it can not prove", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      const [first, second] = transfers as [Transfer, Transfer]
      const unknown = TransferId.make("00000000-0000-4000-8000-000000000000")
      assert.deepStrictEqual(
        yield* Effect.forEach([
          log.root(BigInt(total) + 1n),
          log.inclusion(first.id, BigInt(total) + 1n),
          log.inclusion(unknown, 1n),
          log.inclusion(second.id, 1n),
          log.consistency(0n, 1n),
          log.consistency(2n, 1n),
          log.consistency(1n, BigInt(total) + 1n)
        ], (effect: Effect.Effect<unknown, LogError | { readonly _tag: "StorageError" }>) => reasonOf(effect)),
        [
          "SizeBeyondLog",
          "SizeBeyondLog",
          "TransferNotFound",
          "TransferBeyondSize",
          "ConsistencyFromNothing",
          "SizesOutOfOrder",
          "SizeBeyondLog"
        ]
      )
    }))

  it.effect("keeps one signed head of each size for good", () =>
    Effect.gen(function*() {
      const log = yield* LedgerLog
      assert.deepStrictEqual(yield* log.lastSignedHead, Option.none())
      assert.deepStrictEqual(yield* log.keepHead(headAt(3n, "three")), headAt(3n, "three"))
      assert.deepStrictEqual(yield* log.keepHead(headAt(2n, "two")), headAt(2n, "two"))
      assert.deepStrictEqual(yield* log.keepHead(headAt(3n, "another")), headAt(3n, "three"))
      assert.deepStrictEqual(yield* log.signedHead(3n), Option.some(headAt(3n, "three")))
      assert.deepStrictEqual(yield* log.signedHead(4n), Option.none())
      assert.deepStrictEqual(yield* log.lastSignedHead, Option.some(headAt(3n, "three")))
    }))
}
