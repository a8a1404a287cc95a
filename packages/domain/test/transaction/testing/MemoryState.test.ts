import { assert, describe, it } from "@effect/vitest"
import { Transaction } from "@purser/domain/transaction"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as References from "effect/References"
import * as Schema from "effect/Schema"

/** A table and a cell, written through statements as stores do. */
const notebook = Effect.map(MemoryState, (state) => {
  const rows = state.table<string, number>()
  const cell = state.cell(0)
  return {
    atomically: state.atomically,
    put: (key: string, value: number) => state.statement(() => rows.set(key, value)),
    remove: (key: string) => state.statement(() => rows.delete(key)),
    count: (value: number) => state.statement(() => cell.set(value)),
    /** Throws when a transaction was left open or closed too often. */
    assertClosed: () => {
      assert.throws(() => rows.set("outside", 1), "outside a statement")
      assert.throws(() => cell.set(1), "outside a statement")
    },
    all: state.statement(() => ({
      rows: ["a", "b", "c"].flatMap((key) => rows.get(key) ?? []),
      size: rows.size(),
      cell: cell.get()
    }))
  }
})

const empty = { rows: [], size: 0, cell: 0 }

const tested = <A, E>(body: Effect.Effect<A, E, MemoryState | Transaction>) => Effect.provide(body, MemoryState.layer)

describe("LG-4 TK-5 transactions in memory", () => {
  it.effect("keep everything when they succeed", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      yield* book.atomically(Effect.all([book.put("a", 1), book.put("b", 2), book.count(5)]))
      assert.deepStrictEqual(yield* book.all, { rows: [1, 2], size: 2, cell: 5 })
    })))

  const ends: ReadonlyArray<readonly [string, Effect.Effect<never, string>]> = [
    ["a failure", Effect.fail("failed")],
    ["a defect", Effect.die("died")],
    [
      "an exception",
      Effect.sync(() => {
        throw new Error("thrown")
      })
    ],
    ["an interruption of itself", Effect.interrupt]
  ]

  it.effect.each(ends)("undo everything after %s", ([, end]) =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      yield* Effect.all([book.put("a", 1), book.count(1)])
      const before = yield* book.all
      const exit = yield* Effect.exit(book.atomically(Effect.gen(function*() {
        yield* book.put("a", 2)
        yield* book.put("b", 2)
        yield* book.remove("a")
        yield* book.count(2)
        yield* end
      })))
      assert.isTrue(Exit.isFailure(exit))
      assert.deepStrictEqual(yield* book.all, before)
      book.assertClosed()
    })))

  it.effect("are savepoints inside another", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      yield* book.atomically(Effect.gen(function*() {
        yield* book.put("a", 1)
        yield* Effect.ignore(book.atomically(Effect.andThen(book.put("a", 2), Effect.fail("inner"))))
        assert.deepStrictEqual((yield* book.all).rows, [1])
        yield* book.atomically(book.put("b", 3))
      }))
      assert.deepStrictEqual((yield* book.all).rows, [1, 3])
      book.assertClosed()
    })))

  it.effect("undo a savepoint that was kept when the outer one fails", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      const outer = Effect.andThen(book.atomically(book.put("a", 1)), Effect.fail("outer"))
      yield* Effect.ignore(book.atomically(outer))
      assert.deepStrictEqual(yield* book.all, empty)
    })))

  it.effect("hide what they write until they end", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      const written = yield* Deferred.make<void>()
      const goOn = yield* Deferred.make<void>()
      const writer = yield* Effect.forkChild(book.atomically(Effect.gen(function*() {
        yield* book.put("a", 1)
        yield* Deferred.succeed(written, undefined)
        yield* Deferred.await(goOn)
        return yield* Effect.fail("no")
      })))
      yield* Deferred.await(written)
      const reader = yield* Effect.forkChild(book.all, { startImmediately: true })
      assert.isUndefined(reader.pollUnsafe())
      yield* Deferred.succeed(goOn, undefined)
      yield* Fiber.await(writer)
      assert.deepStrictEqual(yield* Fiber.join(reader), empty)
    })))

  it.effect("are one and the same as `Transaction`", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      const { atomically } = yield* Transaction
      yield* Effect.ignore(atomically(Effect.andThen(book.put("a", 1), Effect.fail("no"))))
      assert.deepStrictEqual(yield* book.all, empty)
    })))

  it.effect("refuse writes outside of them", () => tested(Effect.map(notebook, ({ assertClosed }) => assertClosed())))

  it.effect("are whole wherever they are interrupted", () =>
    tested(Effect.gen(function*() {
      const book = yield* notebook
      const counts = new Set<number>()
      for (let yields = 0; yields < 120; yields++) {
        yield* Effect.all([book.remove("a"), book.remove("b"), book.remove("c")])
        const inner = book.atomically(Effect.andThen(book.put("b", 1), book.put("c", 1)))
        const body = book.atomically(Effect.andThen(book.put("a", 1), inner)).pipe(
          Effect.provideService(References.MaxOpsBeforeYield, 3)
        )
        const fiber = yield* Effect.forkChild(body)
        for (let turn = 0; turn < yields; turn++) yield* Effect.yieldNow
        yield* Fiber.interrupt(fiber)
        const { size } = yield* book.all
        assert.include([0, 3], size, `interrupted after ${yields} turns`)
        book.assertClosed()
        counts.add(size)
      }
      assert.deepStrictEqual([...counts].toSorted(), [0, 3])
    })))

  const command = Schema.Struct({
    key: Schema.Literals(["a", "b", "c"]),
    value: Schema.Int,
    does: Schema.Literals(["put", "put", "remove", "count", "open", "keep", "undo"])
  })

  it.effect.prop(
    "end as a map that is copied would",
    { commands: Schema.Array(command) },
    ({ commands }) =>
      tested(Effect.gen(function*() {
        const book = yield* notebook
        let model = { rows: new Map<string, number>(), cell: 0 }
        let place = 0
        const run: Effect.Effect<boolean, "undone"> = Effect.gen(function*() {
          while (place < commands.length) {
            const { does, key, value } = commands[place++]!
            if (does === "keep") return true
            if (does === "undo") return yield* Effect.fail("undone" as const)
            if (does === "open") {
              const before = { rows: new Map(model.rows), cell: model.cell }
              yield* Effect.catch(book.atomically(run), () =>
                Effect.sync(() => {
                  model = before
                  return true
                }))
            } else if (does === "put") {
              model.rows.set(key, value)
              yield* book.put(key, value)
            } else if (does === "remove") {
              model.rows.delete(key)
              yield* book.remove(key)
            } else {
              model.cell = value
              yield* book.count(value)
            }
          }
          return true
        })
        while (place < commands.length) yield* Effect.ignore(run)
        assert.deepStrictEqual(yield* book.all, {
          rows: ["a", "b", "c"].flatMap((key) => model.rows.get(key) ?? []),
          size: model.rows.size,
          cell: model.cell
        })
        book.assertClosed()
      })),
    { arbitrary: { runs: 100, size: 40 } }
  )
})
