import { assert, describe, type Vitest } from "@effect/vitest"
import { lookOf, mostRows, ReconciliationStore } from "@purser/domain/reconciliation"
import { layerMemory } from "@purser/domain/reconciliation/testing"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { onEveryStore } from "../onEveryStore.ts"

const row = (what: string) => ({ what, expectedMinor: 9_007_199_254_740_993n, actualMinor: -1n })

const lastOf = (rail: string) =>
  ReconciliationStore.use((store) =>
    Effect.map(store.last, (reports) => reports.filter((found) => found.rail === rail))
  )

const keep = (rail: string, asset: string, at: { readonly atMillis: number; readonly rows?: ReadonlyArray<string> }) =>
  ReconciliationStore.use((store) =>
    store.keep([lookOf({ rail, asset, atMillis: at.atMillis }, (at.rows ?? []).map(row))])
  )

const suite = (it: Vitest.MethodsNonLive<ReconciliationStore | Transaction>): void => {
  it.effect("keeps the last look at each rail and asset, exactly", () =>
    Effect.gen(function*() {
      yield* keep("one", "XMR", { atMillis: 1, rows: ["payment:\"ä\"", "account:a"] })
      yield* keep("one", "EUR", { atMillis: 2 })
      yield* keep("one", "XMR", { atMillis: 3, rows: ["account:b"] })
      assert.deepStrictEqual(yield* lastOf("one"), [
        { rail: "one", asset: "EUR", atMillis: 2, soundAtMillis: 2, found: 0, differences: [] },
        { rail: "one", asset: "XMR", atMillis: 3, soundAtMillis: null, found: 1, differences: [row("account:b")] }
      ])
    }))

  it.effect("remembers when a rail was last sound", () =>
    Effect.gen(function*() {
      const soundAt = Effect.map(lastOf("two"), ([report]) => report?.soundAtMillis)
      for (
        const [at, expected] of [[{ atMillis: 1 }, 1], [{ atMillis: 2, rows: ["a"] }, 1], [{ atMillis: 3 }, 3]] as const
      ) {
        yield* keep("two", "XMR", at)
        yield* keep("two", "XMR", at)
        assert.strictEqual(yield* soundAt, expected)
      }
    }))

  it.effect("counts more rows than it keeps", () =>
    Effect.gen(function*() {
      yield* keep("three", "XMR", {
        atMillis: 1,
        rows: Array.from({ length: mostRows + 5 }, (_, index) => `row:${index}`)
      })
      const [report] = yield* lastOf("three")
      assert.deepStrictEqual([report?.found, report?.differences.length], [mostRows + 5, mostRows])
    }))

  it.effect("forgets what a transaction took back, and keeps nothing of nothing", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      yield* Effect.flip(atomically(Effect.andThen(keep("four", "XMR", { atMillis: 1 }), Effect.fail("no" as const))))
      yield* ReconciliationStore.use((store) => store.keep([]))
      assert.deepStrictEqual(yield* lastOf("four"), [])
    }))
}

describe("LG-12 reports of reconciliation", () => {
  onEveryStore(layerMemory, suite)
})
