import { assert, describe, it } from "@effect/vitest"
import { type Difference, lookOf, ReconciliationStore } from "@purser/domain/reconciliation"
import { layerMemory } from "@purser/domain/reconciliation/testing"
import { StorageError } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { booksCheck } from "../../src/health/booksCheck.ts"

const world = layerMemory.pipe(Layer.provideMerge(MemoryState.layer))
const everyMillis = 900_000

const keep = (rail: string, rows: ReadonlyArray<Difference>) =>
  Effect.clockWith((clock) =>
    ReconciliationStore.use((store) =>
      store.keep([lookOf({ rail, asset: "XMR", atMillis: clock.currentTimeMillisUnsafe() }, rows)])
    )
  )

const off = [{ what: "account:a", expectedMinor: 1n, actualMinor: 0n }]

describe("LG-12 health of the books", () => {
  it.effect("is well as long as every look finds nothing", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* booksCheck(everyMillis), { state: "ok", detail: "not reconciled yet" })
      yield* keep("books", [])
      yield* keep("monero", [])
      assert.deepStrictEqual(yield* booksCheck(everyMillis), {
        state: "ok",
        detail: "reconciled 1970-01-01T00:00:00.000Z"
      })
    }).pipe(Effect.provide(world)))

  it.effect("is degraded by a difference, and says since when", () =>
    Effect.gen(function*() {
      yield* keep("monero", off)
      const never = yield* booksCheck(everyMillis)
      assert.deepStrictEqual(never, { state: "degraded", detail: "the books differ from monero (XMR), never sound" })
      yield* keep("monero", [])
      yield* TestClock.adjust("1 minute")
      yield* keep("monero", off)
      const since = yield* booksCheck(everyMillis)
      assert.include(since.detail, "last sound 1970-01-01T00:00:00.000Z")
    }).pipe(Effect.provide(world)))

  it.effect("is degraded when nobody has looked for long", () =>
    Effect.gen(function*() {
      yield* keep("books", [])
      yield* TestClock.adjust("46 minutes")
      assert.strictEqual((yield* booksCheck(everyMillis)).state, "ok")
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* booksCheck(everyMillis), {
        state: "degraded",
        detail: "not held against books since 1970-01-01T00:00:00.000Z"
      })
    }).pipe(Effect.provide(world)))

  it.effect("is degraded without a database", () =>
    Effect.gen(function*() {
      const gone = new StorageError({ failure: "Unavailable", operation: "ReconciliationStore.last" })
      const store = { keep: () => Effect.void, last: Effect.fail(gone) }
      const verdict = yield* Effect.provideService(booksCheck(everyMillis), ReconciliationStore, store)
      assert.deepStrictEqual(verdict, { state: "degraded", detail: "ReconciliationStore.last: storage Unavailable" })
    }))
})
