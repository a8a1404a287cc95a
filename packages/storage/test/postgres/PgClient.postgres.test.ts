import { assert, describe, layer } from "@effect/vitest"
import { TicketStore } from "@purser/domain/tickets"
import { StorageError } from "@purser/domain/transaction"
import { Database, DatabaseRefused, Stores } from "@purser/storage"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { SqlClient } from "effect/sql/SqlClient"
import { inject } from "vitest"
import { failureOf } from "../onEveryStore.ts"
import { credited, idOf } from "../tickets/ticketSuite.ts"
import { line } from "./proxy.ts"
import { atomically, backend, Ground, ground, on, pool, poolWith } from "./world.ts"

const add = (name: string) =>
  SqlClient.use((sql) => Effect.asVoid(sql`UPDATE counter SET value = value + 1 WHERE name = ${name}`))

const total = SqlClient.use((sql) =>
  Effect.map(sql<{ sum: bigint }>`SELECT sum(value)::int8 AS sum FROM counter`, ([row]) => row!.sum)
)

/** What the database says when transactions got in each other's way. */
const contention = SqlClient.use((sql) =>
  Effect.asVoid(sql.unsafe("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"))
)

const json = (value: unknown) => SqlClient.use((sql) => sql.unsafe("SELECT $1::jsonb AS value", [value]))

const ask = (n: number) =>
  SqlClient.use((sql) =>
    Effect.map(sql<{ n: number }>`SELECT ${n}::int4 AS n`, ([row]) => assert.strictEqual(row!.n, n))
  )

/** Times must not depend on where the process runs. */
const inAnotherZone = Effect.acquireRelease(
  Effect.sync(() => {
    const before = process.env.TZ
    process.env.TZ = "Asia/Tokyo"
    return before
  }),
  (before) =>
    Effect.sync(() => {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    })
)

const refusedAs = (url: string) =>
  Effect.map(
    Effect.flip(Effect.scoped(pool(url))),
    (error) => error instanceof DatabaseRefused ? error.reason : error
  )

layer(Ground.layer, { excludeTestServices: true })((it) => {
  describe("TK-11 PostgreSQL as a place for stores", () => {
    it.effect("gives numbers, bytes and times back exactly", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        const most = 2n ** 63n - 1n
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
        const at = new Date("2026-03-29T01:30:00.123Z")
        yield* inAnotherZone
        const [row] = yield* here(SqlClient.use((sql) =>
          sql`SELECT ${most}::int8 AS most, ${-most - 1n}::int8 AS least, 7::int2 AS code, ${bytes}::bytea AS bytes,
            ${at}::timestamptz AS at, ${at}::timestamp AS local, ${[most, null]}::int8[] AS list,
            ${["a\"b", null, "{}", "NULL"]}::text[] AS texts, ${{ a: [1, "é"] }}::jsonb AS json`
        ))
        assert.deepStrictEqual({ ...row, bytes: [...row!.bytes as Uint8Array] }, {
          most,
          least: -most - 1n,
          code: 7n,
          bytes: [...bytes],
          at,
          local: at,
          list: [most, null],
          texts: ["a\"b", null, "{}", "NULL"],
          json: { a: [1, "é"] }
        })
      }))

    it.effect("refuses more parameters than a statement can have, and what can not be bound", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ maxConnections: 1 })
        const many = Array.from({ length: 65_536 }, (_, index) => index)
        const tooMany = `SELECT ${many.map((index) => `$${index + 1}::int4`).join(", ")}`
        assert.strictEqual(
          yield* failureOf(here(atomically(SqlClient.use((sql) => sql.unsafe(tooMany, many))))),
          "Broken"
        )
        assert.strictEqual(yield* failureOf(here(atomically(json({ n: 1n })))), "Broken")
        assert.deepStrictEqual(yield* here(atomically(json({ n: 1 }))), [{ value: { n: 1 } }])
      }))

    it.effect("goes on after a table was changed under a prepared statement", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ maxConnections: 1 })
        const { make, read } = {
          make: SqlClient.use((sql) => sql`CREATE TABLE changing (n int8)`),
          read: SqlClient.use((sql) => sql`SELECT * FROM changing WHERE n <> ${1}`)
        }
        yield* here(Effect.andThen(make, SqlClient.use((sql) => sql`INSERT INTO changing VALUES (2)`)))
        yield* here(atomically(read))
        yield* here(SqlClient.use((sql) => sql`ALTER TABLE changing ADD COLUMN note text`))
        assert.deepStrictEqual(yield* here(atomically(read)), [{ n: 2n, note: null }])
      }))

    it.effect("tells what it is, and answers a probe", () =>
      Effect.gen(function*() {
        const { here, url } = yield* ground()
        const about = yield* here(Database.about)
        assert.deepInclude(about, { dialect: "postgres", place: new URL(url).pathname.slice(1), isDurable: false })
        assert.match(about.version, /^\d+/u)
        yield* here(Database.ping)
      }))

    it.effect("fails a probe when the server is silent", () =>
      Effect.gen(function*() {
        const { url } = yield* ground()
        const wire = yield* line(url)
        const here = on(yield* pool(wire.url))
        wire.breakAt({ text: "SELECT 1", how: "silent" })
        // Long before the pool itself would give up, which is later than this test may take.
        assert.strictEqual(yield* failureOf(here(Database.ping)), "Unavailable")
        wire.breakAt(null)
        yield* here(Database.ping)
      }))

    it.effect("is not opened where it can not be", () =>
      Effect.gen(function*() {
        const url = new URL(inject("postgresUrl"))
        const changed = (change: (url: URL) => void) => {
          const other = new URL(url)
          change(other)
          return other.href
        }
        assert.strictEqual(yield* refusedAs("postgres://nobody@127.0.0.1:1/none"), "Unreachable")
        assert.strictEqual(yield* refusedAs(changed((other) => other.password = "wrong")), "WrongCredentials")
        assert.strictEqual(yield* refusedAs(changed((other) => other.pathname = "/nowhere")), "WrongCredentials")
      }))
  })

  describe("LG-16 PostgreSQL transactions that meet", () => {
    it.effect("run again after a deadlock, each in the end once", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        const arrived = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
        let runs = 0
        const cross = (mine: number, names: readonly [string, string]) =>
          Effect.gen(function*() {
            runs++
            yield* SqlClient.use((sql) => sql`SET LOCAL deadlock_timeout = '50ms'`)
            yield* add(names[0])
            yield* Deferred.succeed(arrived[mine]!, undefined)
            yield* Deferred.await(arrived[1 - mine]!)
            yield* add(names[1])
          })
        yield* Effect.all([here(atomically(cross(0, ["a", "b"]))), here(atomically(cross(1, ["b", "a"])))], {
          concurrency: 2
        })
        assert.strictEqual(runs, 3)
        assert.strictEqual(yield* here(total), 4n)
      }))

    it.effect("are given up in the end", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        let runs = 0
        const never = Effect.andThen(Effect.sync(() => runs++), contention)
        assert.strictEqual(yield* failureOf(here(atomically(Effect.andThen(add("a"), never)))), "Contended")
        assert.strictEqual(runs, 9)
        assert.strictEqual(yield* here(total), 0n)
      }))

    it.effect("are not run again from within", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        let inner = 0
        let outer = 0
        const first = Effect.suspend(() => ++inner === 1 ? contention : Effect.void)
        const body = atomically(Effect.andThen(first, add("a")))
        yield* here(atomically(Effect.andThen(Effect.sync(() => outer++), body)))
        assert.deepStrictEqual({ inner, outer, total: yield* here(total) }, { inner: 2, outer: 2, total: 1n })
      }))

    it.effect("are not run again for what a store refuses", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        let runs = 0
        const refusal = new StorageError({ failure: "Contended", operation: "test" })
        const body = Effect.andThen(Effect.sync(() => runs++), Effect.fail(refusal))
        assert.strictEqual(yield* Effect.flip(here(atomically(body))), refusal)
        assert.strictEqual(runs, 1)
      }))

    it.effect("lose nothing at 50 at once", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ maxConnections: 4 })
        const increment = Effect.gen(function*() {
          const sql = yield* SqlClient
          const [row] = yield* sql<{ value: bigint }>`SELECT value FROM counter WHERE name = 'a' FOR UPDATE`
          yield* sql`UPDATE counter SET value = ${row!.value + 1n} WHERE name = 'a'`
        })
        yield* Effect.all(Array.from({ length: 50 }, () => here(atomically(increment))), { concurrency: "unbounded" })
        assert.strictEqual(yield* here(total), 50n)
      }))
  })

  describe("LG-16 PostgreSQL within its limits", () => {
    it.effect("fails when every connection is taken, and recovers", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ maxConnections: 2, acquireTimeoutMillis: 200 })
        const goOn = yield* Deferred.make<void>()
        const taken = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
        const holders = yield* Effect.forEach(taken, (begun) =>
          Effect.forkChild(here(atomically(Effect.andThen(Deferred.succeed(begun, undefined), Deferred.await(goOn))))))
        yield* Effect.forEach(taken, Deferred.await)
        assert.strictEqual(yield* failureOf(here(atomically(Effect.void))), "Unavailable")
        const waiters = yield* Effect.forEach(Array.from({ length: 50 }), () =>
          Effect.forkChild(here(add("a"))))
        yield* Effect.yieldNow
        yield* Fiber.interruptAll(waiters)
        yield* Deferred.succeed(goOn, undefined)
        yield* Effect.forEach(holders, Fiber.join)
        yield* Effect.all(
          Array.from({ length: 20 }, () =>
            here(atomically(add("b")))),
          { concurrency: 2 }
        )
        assert.strictEqual(yield* here(total), 20n)
      }))

    it.effect("stops waiting for a lock, and for a statement that takes too long", () =>
      Effect.gen(function*() {
        const { url } = yield* Ground
        const holder = on(yield* poolWith(Stores.layer, url))
        yield* holder(credited("held", 1n))
        const begun = yield* Deferred.make<void>()
        const add = TicketStore.use(({ credit }) => credit(idOf("held"), 1n))
        const held = holder(
          atomically(Effect.andThen(add, Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)))
        )
        const fiber = yield* Effect.forkChild(held)
        yield* Deferred.await(begun)
        for (const options of [{ lockTimeoutMillis: 50 }, { statementTimeoutMillis: 50 }]) {
          const hasty = on(yield* poolWith(Stores.layer, url, options))
          assert.strictEqual(yield* failureOf(hasty(add)), "Contended")
        }
        yield* Fiber.interrupt(fiber)
        assert.strictEqual((yield* holder(add)).creditedMinor, 2n)
      }))

    it.effect("ends a transaction that idles, so that others need not wait for it", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ idleInTransactionTimeoutMillis: 100 })
        assert.strictEqual(
          yield* failureOf(here(atomically(Effect.andThen(add("a"), Effect.sleep(400))))),
          "Unavailable"
        )
        yield* here(add("a"))
        assert.strictEqual(yield* here(total), 1n)
      }))

    it.effect("keeps its connections and its answers apart in a storm of interruptions", () =>
      Effect.gen(function*() {
        const { here } = yield* ground({ maxConnections: 4 })
        const fibers = yield* Effect.forEach(Array.from({ length: 600 }, (_, n) => n), (n) =>
          Effect.forkChild(here(n % 3 === 0 ? atomically(Effect.andThen(add("a"), ask(n))) : ask(n))))
        yield* Effect.forEach(fibers, (fiber, n) =>
          n % 2 === 0 ? Effect.void : Effect.andThen(
            n % 20 === 1 ? Effect.sleep(1) : Effect.yieldNow,
            Effect.forkChild(Fiber.interrupt(fiber))
          ))
        yield* Effect.forEach(fibers, Fiber.await)
        assert.isAtLeast(Number(yield* here(total)), 100)
        const pids = yield* Effect.all(
          Array.from({ length: 40 }, () =>
            here(backend)),
          { concurrency: 8 }
        )
        assert.isAtMost(new Set(pids).size, 4)
      }))
  })
})
