import { assert, describe, layer, type Vitest } from "@effect/vitest"
import { LedgerStore, ReasonCode } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import { Dialect, type DialectName } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import { SqlClient } from "effect/sql/SqlClient"
import { accountNow, answers, makeAsks, opened, openedAsks } from "../asks.ts"
import { databases } from "../stores.ts"

type Ground = Layer.Success<typeof databases[DialectName]>

const poison = ReasonCode.make("poison")

/** Makes the database refuse one reason, as a fault of ours would. */
const refusals: Readonly<Record<DialectName, string>> = {
  sqlite: `CREATE TRIGGER poison BEFORE INSERT ON transfer WHEN NEW.reason = 'poison'
    BEGIN SELECT RAISE(ABORT, 'poison'); END`,
  postgres: "ALTER TABLE transfer ADD CONSTRAINT poison CHECK (reason <> 'poison')"
}

/** Takes that back. */
const allowances: Readonly<Record<DialectName, string>> = {
  sqlite: "DROP TRIGGER poison",
  postgres: "ALTER TABLE transfer DROP CONSTRAINT poison"
}

/** Keeps the database from taking part in anything else until the answer is run. */
const blocked = Effect.gen(function*() {
  const { atomically } = yield* Transaction
  const sql = yield* SqlClient
  const begun = yield* Deferred.make<void>()
  const end = yield* Deferred.make<void>()
  const body = Effect.andThen(
    sql`UPDATE head SET last = last WHERE name = 'ledger'`,
    Deferred.succeed(begun, undefined)
  )
  const fiber = yield* Effect.forkChild(atomically(Effect.andThen(body, Deferred.await(end))))
  yield* Deferred.await(begun)
  return Effect.andThen(Deferred.succeed(end, undefined), Fiber.join(fiber))
})

/** Lets other fibers run until they all wait. */
const settle = Effect.sleep("30 millis")

const suite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("refuses in the order of arrival once the funds are spent", () =>
    Effect.gen(function*() {
      const asks = makeAsks("funds")
      yield* opened(
        asks.account("a", { balanceRule: "debits_at_most_credits", overdraftMinor: 20_000n }),
        asks.account("b")
      )
      const names = Array.from({ length: 400 }, (_, index) => String(index))
      const said = yield* Effect.forEach(names, (name) => answers([asks.post(name)]), { concurrency: "unbounded" })
      const expected = names.map((_, index) => index < 200 ? "booked" : "InsufficientFunds at 0 (debit)")
      assert.deepStrictEqual(said.flat(), expected)
      const store = yield* LedgerStore
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
    }))

  it.effect("keeps apart whom the database refuses among many", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("faulty")
      const sql = yield* SqlClient
      yield* sql.unsafe(refusals[yield* Dialect])
      const names = Array.from({ length: 300 }, (_, index) => String(index))
      const said = yield* Effect.forEach(names, (name, index) =>
        Effect.orElseSucceed(
          answers([asks.post(name, index % 100 === 50 ? { reason: poison } : {})]),
          () => ["failed"]
        ), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        said.flat(),
        names.map((_, index) => index % 100 === 50 ? "failed" : "booked")
      )
      yield* sql.unsafe(allowances[yield* Dialect])
      assert.strictEqual((yield* accountNow(asks.code("a"))).version, 297n)
      const store = yield* LedgerStore
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
    }))

  it.effect("forgets what it expected of postings that had been booked before", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("again")
      const store = yield* LedgerStore
      // Each caller goes on by itself, so that batches of all sizes meet; every third asks for what is there already.
      const caller = (name: number) =>
        Effect.forEach(Array.from({ length: 12 }, (_, index) => index), (index) => {
          const known = name % 3 === 0 && index > 0
          return answers([asks.post(known ? `${name + 1} ${index - 1}` : `${name} ${index}`)])
        })
      const said = yield* Effect.forEach(Array.from({ length: 300 }, (_, name) => name), caller, {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual([...new Set(said.flat(2))].toSorted(), ["booked", "replayed"])
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
    }))

  it.effect("answers each of many callers for itself", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("callers")
      const names = Array.from({ length: 40 }, (_, index) => String(index))
      const said = yield* Effect.forEach(names, (name) =>
        answers([asks.post(name)], [asks.settle(`s${name}`, name)], [asks.post(name), asks.post(`m${name}`)]), {
        concurrency: "unbounded"
      })
      const expected = ["booked", "TransferIsNotPending at 0 (pendingId)", "booked"]
      assert.deepStrictEqual(
        said,
        names.map(() =>
          expected
        )
      )
      assert.strictEqual((yield* accountNow(asks.code("a"))).version, 80n)
    }))

  it.effect("carries more than one batch, and callers with many sets", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("many")
      const sizes = [700, 400, 1200, 1, 0, 2]
      const said = yield* Effect.forEach(sizes, (size, caller) =>
        answers(...Array.from({ length: size }, (_, index) => [asks.post(`${caller} ${index}`)])), {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(
        said.map(({ length }) =>
          length
        ),
        sizes
      )
      assert.deepStrictEqual([...new Set(said.flat())], ["booked"])
      assert.strictEqual((yield* accountNow(asks.code("a"))).version, 2303n)
    }))

  it.effect("keeps the fault of one caller from the others", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      yield* sql.unsafe(refusals[yield* Dialect])
      const asks = yield* openedAsks("poison")
      const exits = yield* Effect.forEach(
        Array.from({ length: 9 }, (_, index) => asks.post(String(index), index === 4 ? { reason: poison } : {})),
        (request) => Effect.exit(answers([request])),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(exits.map(Exit.isSuccess), exits.map((_, index) => index !== 4))
      const failure = Option.getOrThrow(Exit.findErrorOption(exits[4]!))
      assert.deepInclude(failure, { _tag: "StorageError", failure: "Broken" })
      const store = yield* LedgerStore
      assert.isTrue(Option.isNone(yield* store.transfer(asks.id("4"))))
      assert.strictEqual((yield* accountNow(asks.code("a"))).version, 8n)
      assert.deepStrictEqual((yield* store.verify).discrepancies, [])
    }))

  it.effect("keeps who posts within a transaction apart", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const { atomically } = yield* Transaction
      const asks = yield* openedAsks("apart")
      const unblock = yield* blocked
      const first = yield* Effect.forkChild(answers([asks.post("first")]))
      yield* settle
      const failing = atomically(Effect.andThen(answers([asks.post("undone")]), Effect.fail("no")))
      const within = yield* Effect.forkChild(Effect.flip(failing))
      yield* settle
      const alone = yield* Effect.forkChild(answers([asks.post("alone")]))
      yield* settle
      yield* unblock
      assert.deepStrictEqual([yield* Fiber.join(first), yield* Fiber.join(alone)], [["booked"], ["booked"]])
      assert.strictEqual(yield* Fiber.join(within), "no")
      assert.isTrue(Option.isSome(yield* store.transfer(asks.id("alone"))))
      assert.isTrue(Option.isNone(yield* store.transfer(asks.id("undone"))))
    }))

  it.effect("withdraws who is interrupted while waiting, and tells who was taken", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("interrupt")
      const unblock = yield* blocked
      const taken = yield* Effect.forkChild(store.post([[asks.post("taken")]]))
      yield* settle
      const waiting = yield* Effect.forkChild(store.post([[asks.post("waiting")]]))
      const staying = yield* Effect.forkChild(answers([asks.post("staying")]))
      yield* settle
      yield* Fiber.interrupt(waiting)
      const interruption = yield* Effect.forkChild(Fiber.interrupt(taken))
      yield* settle
      assert.isUndefined(interruption.pollUnsafe())
      yield* unblock
      yield* Fiber.join(interruption)
      assert.deepStrictEqual(yield* Fiber.join(staying), ["booked"])
      assert.isTrue(Option.isSome(yield* store.transfer(asks.id("taken"))))
      assert.isTrue(Option.isNone(yield* store.transfer(asks.id("waiting"))))
    }))
}

describe.each(Object.entries(databases))("LG-4 LG-15 callers at the same moment on %s", (_, world) => {
  layer(world as Layer.Layer<Ground>, { excludeTestServices: true })(suite)

  layer(Layer.empty, { excludeTestServices: true })((it) => {
    it.effect("are told when the ledger closes under them", () =>
      Effect.gen(function*() {
        const scope = yield* Scope.make()
        const services = yield* Layer.buildWithScope(Layer.fresh(world as Layer.Layer<Ground>), scope)
        const failed = Effect.gen(function*() {
          const store = yield* LedgerStore
          const asks = yield* openedAsks("closing")
          yield* Scope.close(scope, Exit.void)
          return yield* Effect.flip(store.post([[asks.post("late")]]))
        })
        assert.deepInclude(yield* Effect.provideContext(failed, services), { failure: "Unavailable" })
      }))
  })
})
