import { assert, describe, it } from "@effect/vitest"
import { Ledger } from "@purser/domain/ledger"
import { layerMemory } from "@purser/domain/ledger/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { account, id, post } from "./requests.ts"

const layer = Ledger.layer.pipe(Layer.provide(layerMemory), Layer.provide(MemoryState.layer))

const ready = Effect.gen(function*() {
  const ledger = yield* Ledger
  yield* ledger.open(account("a"))
  yield* ledger.open(account("b"))
  return ledger
})

describe("LG-1 LG-4 LG-6 use cases of the ledger", () => {
  it.effect("open accounts, and refuse what differs", () =>
    Effect.gen(function*() {
      const ledger = yield* ready
      assert.strictEqual((yield* ledger.open(account("a"))).version, 0n)
      const error = yield* Effect.flip(ledger.open(account("a", { overdraftMinor: 1n })))
      assert.deepInclude({ ...error }, { _tag: "AccountError", reason: "AccountExistsWithDifferentFields" })
    }).pipe(Effect.provide(layer)))

  it.effect("post one transfer, and fail with the reason", () =>
    Effect.gen(function*() {
      const ledger = yield* ready
      const booked = yield* ledger.post(post("1"))
      assert.deepStrictEqual([booked.id, booked.sequence], [id("1"), 1n])
      assert.deepStrictEqual(yield* ledger.post(post("1")), booked)
      const error = yield* Effect.flip(ledger.post(post("2", { amountMinor: 0n })))
      assert.deepInclude({ ...error }, { _tag: "LedgerError", reason: "AmountMustBePositive", index: 0 })
    }).pipe(Effect.provide(layer)))

  it.effect("post a set all or nothing", () =>
    Effect.gen(function*() {
      const ledger = yield* ready
      const error = yield* Effect.flip(ledger.postLinked([post("1"), post("2", { amountMinor: 0n })]))
      assert.deepInclude({ ...error }, { reason: "AmountMustBePositive", index: 1 })
      const { replayed, transfers } = yield* ledger.postLinked([post("1"), post("2")])
      assert.deepStrictEqual([replayed, transfers.map(({ sequence }) => sequence)], [false, [1n, 2n]])
    }).pipe(Effect.provide(layer)))

  it.effect("post each set for itself, in order", () =>
    Effect.gen(function*() {
      const ledger = yield* ready
      const outcomes = yield* ledger.postEach([[post("1")], [post("2", { amountMinor: 0n })], [post("1")]])
      assert.deepStrictEqual(
        outcomes.map(
          Result.match({ onFailure: ({ reason }) => reason, onSuccess: ({ replayed }) => String(replayed) })
        ),
        ["false", "AmountMustBePositive", "true"]
      )
    }).pipe(Effect.provide(layer)))
})
