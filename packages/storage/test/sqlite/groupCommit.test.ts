import { assert, describe, it } from "@effect/vitest"
import { Transaction } from "@purser/domain/transaction"
import { Database } from "@purser/storage"
import { temporaryPath } from "@purser/storage/testing"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { SqlClient } from "effect/sql/SqlClient"
import { statSync } from "node:fs"
import { failureOf } from "../onEveryStore.ts"
import { scratch, write, written } from "./scratch.ts"

class Caller extends Context.Service<Caller, string>()("test/Caller") {}

const together = <A, E, R>(effects: ReadonlyArray<Effect.Effect<A, E, R>>) =>
  Effect.all(effects, { concurrency: "unbounded" })

const atomically = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Transaction.use((transaction) => transaction.atomically(effect))

const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

const sizeOfLog = (path: string): number => statSync(`${path}-wal`).size

/** Writes; every third body then fails and every fifth dies. */
const mixed = (n: number) =>
  Effect.gen(function*() {
    yield* write(n, yield* Caller)
    if (n % 3 === 0) return yield* Effect.fail(`no ${n}`)
    return n % 5 === 0 ? yield* Effect.die(`defect ${n}`) : n
  }).pipe(Effect.provideService(Caller, `caller ${n}`))

const outcomeOfMixed = (n: number): string => {
  if (n % 3 === 0) return `no ${n}`
  return n % 5 === 0 ? `defect ${n}` : String(n)
}

const pair = (n: number) => Effect.andThen(write(n), Effect.andThen(Effect.yieldNow, write(n + 1000)))

const told = (exit: Exit.Exit<unknown, unknown>): string =>
  String(Exit.isSuccess(exit) ? exit.value : Cause.squash(exit.cause))

/** A body that has begun and goes on when it is told to; callers that come meanwhile make up the next group. */
const heldOpen = Effect.gen(function*() {
  const begun = yield* Deferred.make<void>()
  const goOn = yield* Deferred.make<void>()
  const body = Effect.andThen(Deferred.succeed(begun, undefined), Deferred.await(goOn))
  const fiber = yield* Effect.forkChild(atomically(body))
  yield* Deferred.await(begun)
  return { fiber, goOn: Deferred.succeed(goOn, undefined) }
})

/** Starts what is to be one group, and lets all of it arrive before the group before it ends. */
const asOneGroup = <R>(effects: ReadonlyArray<Effect.Effect<unknown, unknown, R>>) =>
  Effect.gen(function*() {
    const before = yield* heldOpen
    const fibers = yield* Effect.forEach(effects, (effect) => Effect.forkChild(Effect.exit(atomically(effect))))
    yield* Effect.sleep(1)
    yield* before.goOn
    return yield* Effect.forEach(fibers, Fiber.join)
  })

const fill = SqlClient.use((sql) => sql`INSERT INTO note (n, who) VALUES (1000, ${"x".repeat(500_000)})`)

const limitPages = (pages: number) => SqlClient.use((sql) => sql.unsafe(`PRAGMA max_page_count = ${pages}`))

describe("LG-15 TK-11 callers that share a commit", () => {
  it.live("writes once to the disk for many", () =>
    Effect.gen(function*() {
      const path = yield* temporaryPath
      const frames = yield* Effect.gen(function*() {
        const sql = yield* SqlClient
        yield* sql`CREATE TABLE note (n INTEGER PRIMARY KEY, who TEXT)`
        const empty = sizeOfLog(path)
        yield* Effect.forEach(numbers(100), (n) => atomically(write(n)))
        const alone = sizeOfLog(path) - empty
        yield* together(numbers(100).map((n) => atomically(write(100 + n))))
        return { alone, together: sizeOfLog(path) - empty - alone }
      }).pipe(Effect.provide(Database.layerSqlite({ path })))
      assert.isAtMost(frames.together * 10, frames.alone)
    }))

  it.live("gives each caller its own outcome", () =>
    Effect.gen(function*() {
      const exits = yield* together(numbers(60).map((n) => Effect.exit(atomically(mixed(n)))))
      assert.deepStrictEqual(exits.map(told), numbers(60).map(outcomeOfMixed))
      assert.deepStrictEqual(yield* written, numbers(60).filter((n) => n % 3 !== 0 && n % 5 !== 0))
      const [row] = yield* SqlClient.use((sql) => sql<{ who: string }>`SELECT who FROM note WHERE n = 7`)
      assert.strictEqual(row?.who, "caller 7")
    }).pipe(Effect.provide(scratch)))

  it.live("answers after the commit", () =>
    Effect.gen(function*() {
      const seen: Array<string> = []
      const body = SqlClient.use((sql) => sql.afterCommit(Effect.sync(() => seen.push("committed"))))
      yield* Effect.andThen(atomically(body), Effect.sync(() => seen.push("answered")))
      assert.deepStrictEqual(seen, ["committed", "answered"])
    }).pipe(Effect.provide(scratch)))

  it.live("makes a savepoint of an inner transaction", () =>
    Effect.gen(function*() {
      yield* atomically(Effect.gen(function*() {
        yield* write(1)
        yield* Effect.flip(atomically(Effect.andThen(write(2), Effect.fail("no"))))
        yield* atomically(write(3))
      }))
      assert.deepStrictEqual(yield* written, [1, 3])
    }).pipe(Effect.provide(scratch)))

  it.live("undoes only what an interrupted caller wrote", () =>
    Effect.gen(function*() {
      const begun = yield* Deferred.make<void>()
      const victim = Effect.andThen(write(1), Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
      const fiber = yield* Effect.forkChild(atomically(victim))
      yield* Deferred.await(begun)
      const neighbour = yield* Effect.forkChild(atomically(write(2)))
      yield* Fiber.interrupt(fiber)
      yield* Fiber.join(neighbour)
      assert.deepStrictEqual(yield* written, [2])
    }).pipe(Effect.provide(scratch)))

  it.live("withdraws a caller that is interrupted while it waits", () =>
    Effect.gen(function*() {
      const before = yield* heldOpen
      const waiter = yield* Effect.forkChild(atomically(write(1)))
      const other = yield* Effect.forkChild(atomically(write(2)))
      yield* Effect.sleep(1)
      yield* Fiber.interrupt(waiter)
      yield* before.goOn
      yield* Fiber.join(other)
      assert.deepStrictEqual(yield* written, [2])
    }).pipe(Effect.provide(scratch)))

  it.live("writes the whole or nothing of each in a storm of interruptions", () =>
    Effect.gen(function*() {
      const fibers = yield* Effect.forEach(numbers(300), (n) => Effect.forkChild(atomically(pair(n))))
      for (const [n, fiber] of fibers.entries()) {
        if (n % 2 === 0) continue
        yield* Effect.forEach(numbers(n % 7), () => Effect.yieldNow, { discard: true })
        yield* Effect.forkChild(Fiber.interrupt(fiber))
      }
      yield* Effect.forEach(fibers, Fiber.await)
      const there = new Set(yield* written)
      for (const n of numbers(300)) assert.strictEqual(there.has(n), there.has(n + 1000))
      for (const n of numbers(150)) assert.isTrue(there.has(2 * n))
      assert.isBelow(there.size, 600)
    }).pipe(Effect.provide(scratch)))

  it.live("fails the whole group when its commit fails, and goes on", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient
      const exits = yield* asOneGroup([write(1), sql`INSERT INTO child VALUES (99)`, Effect.fail("no")])
      const failures = yield* Effect.forEach(exits, failureOf)
      assert.deepStrictEqual(failures, ["Broken", "Broken", "Broken"])
      yield* atomically(write(2))
      assert.deepStrictEqual(yield* written, [2])
    }).pipe(Effect.provide(scratch)))

  it.live("commits nothing after the database has undone the transaction by itself", () =>
    Effect.gen(function*() {
      yield* limitPages(20)
      const stubborn = Effect.andThen(Effect.ignore(fill), write(3))
      const exits = yield* asOneGroup([write(1), fill, write(2), stubborn, atomically(write(4))])
      const failures = yield* Effect.forEach(exits, failureOf)
      assert.deepStrictEqual(failures, Array.from({ length: 5 }, () => "Unavailable" as const))
      yield* limitPages(1000)
      yield* atomically(write(5))
      assert.deepStrictEqual(yield* written, [5])
    }).pipe(Effect.provide(scratch)))

  it.live("leaves nobody without an answer when it closes", () =>
    Effect.gen(function*() {
      const more = SqlClient.use((sql) => sql`INSERT INTO note (who) VALUES ('more')`)
      for (const steps of numbers(8)) {
        const scope = yield* Scope.make()
        const context = yield* Layer.buildWithScope(Layer.fresh(scratch), scope)
        const callers = yield* Effect.forEach(numbers(8), () =>
          Effect.forkChild(Effect.exit(Effect.provideContext(Effect.forever(atomically(more)), context))))
        yield* Effect.forEach(numbers(steps * 5), () =>
          Effect.yieldNow, { discard: true })
        yield* Scope.close(scope, Exit.void)
        const failures = yield* Effect.forEach(callers, (fiber) => Effect.flatMap(Fiber.join(fiber), failureOf))
        assert.deepStrictEqual(failures, numbers(8).map(() => "Unavailable"))
      }
    }))
})
