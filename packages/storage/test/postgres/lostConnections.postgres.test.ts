import { assert, describe, layer } from "@effect/vitest"
import { TicketStore } from "@purser/domain/tickets"
import type { StorageFailure } from "@purser/domain/transaction"
import { Stores } from "@purser/storage"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql/SqlClient"
import { failureOf } from "../onEveryStore.ts"
import { credited, idOf } from "../tickets/ticketSuite.ts"
import { type Break, line } from "./proxy.ts"
import { atomically, backend, Ground, ground, on, pool, poolWith, terminate } from "./world.ts"

const note = (n: number) =>
  SqlClient.use((sql) =>
    Effect.andThen(
      sql`INSERT INTO note (n, half) VALUES (${2 * n}, 1)`,
      sql`INSERT INTO note (n, half) VALUES (${2 * n + 1}, 2)`
    )
  )

const notes = SqlClient.use((sql) =>
  Effect.map(sql<{ n: bigint }>`SELECT n FROM note ORDER BY n`, (rows) => rows.map(({ n }) => Number(n)))
)

/** Runs a transaction over a line that breaks at a moment; answers how it failed, how often it ran, and what is there. */
const broken = (breakage: Break) =>
  Effect.gen(function*() {
    const { here: onlooker, url } = yield* ground()
    const wire = yield* line(url)
    const harmed = on(yield* pool(wire.url, { answerTimeoutMillis: 400 }))
    let runs = 0
    const body = Effect.andThen(Effect.sync(() => runs++), note(1))
    wire.breakAt(breakage)
    const failure = yield* failureOf(harmed(atomically(body)))
    wire.breakAt(null)
    yield* harmed(atomically(note(2)))
    return { failure, runs, there: yield* onlooker(notes) }
  })

layer(Ground.layer, { excludeTestServices: true })((it) => {
  describe("LG-16 TK-11 a COMMIT whose answer is lost", () => {
    it.effect("is in doubt though it has happened, and is not tried again", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(
          yield* broken({ text: "COMMIT", how: "after" }),
          { failure: "InDoubt", runs: 1, there: [2, 3, 4, 5] }
        )
      }))

    it.effect("is in doubt though it has not happened", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(
          yield* broken({ text: "COMMIT", how: "before" }),
          { failure: "InDoubt", runs: 1, there: [4, 5] }
        )
      }))

    it.effect("is in doubt when the server falls silent", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(
          yield* broken({ text: "COMMIT", how: "silent" }),
          { failure: "InDoubt", runs: 1, there: [2, 3, 4, 5] }
        )
      }))

    it.effect("leaves a lone write in doubt, and not a lone read", () =>
      Effect.gen(function*() {
        const { url } = yield* Ground
        const onlooker = on(yield* poolWith(Stores.layer, url))
        yield* onlooker(credited("lone", 1n))
        const wire = yield* line(url)
        const harmed = on(yield* poolWith(Stores.layer, wire.url))
        wire.breakAt({ text: "\"ticket\"", how: "after" })
        const add = failureOf(harmed(TicketStore.use(({ credit }) => credit(idOf("lone"), 2n))))
        assert.strictEqual(yield* add, "InDoubt")
        // Now on a connection that was never used before.
        assert.strictEqual(yield* add, "InDoubt")
        const look = TicketStore.use(({ byId8 }) => byId8(idOf("lone")))
        assert.strictEqual(yield* failureOf(harmed(look)), "Unavailable")
        assert.strictEqual(Option.getOrThrow(yield* onlooker(look)).creditedMinor, 5n)
      }))
  })

  describe("LG-16 PostgreSQL connections that are killed", () => {
    it.effect("undoes the transaction, between statements and within one", () =>
      Effect.gen(function*() {
        const { here: onlooker, url } = yield* ground()
        const harmed = on(yield* pool(url))
        const kill = Effect.flatMap(backend, (pid) => onlooker(terminate(pid)))
        const asleep = Effect.gen(function*() {
          const pid = yield* backend
          yield* Effect.forkChild(Effect.andThen(Effect.sleep(30), onlooker(terminate(pid))))
          yield* SqlClient.use((sql) => sql`SELECT pg_sleep(20)`)
        })
        for (const harm of [Effect.andThen(kill, note(2)), Effect.andThen(kill, Effect.sleep(30)), asleep]) {
          assert.strictEqual(yield* failureOf(harmed(atomically(Effect.andThen(note(1), harm)))), "Unavailable")
          assert.strictEqual(
            yield* failureOf(harmed(atomically(atomically(Effect.andThen(note(1), harm))))),
            "Unavailable"
          )
        }
        assert.deepStrictEqual(yield* harmed(notes), [])
      }))

    it.effect("keeps the failure and the defect of a body whose connection has gone", () =>
      Effect.gen(function*() {
        const { here: onlooker, url } = yield* ground()
        const harmed = on(yield* pool(url))
        const kill = Effect.flatMap(backend, (pid) => onlooker(terminate(pid)))
        const refused = Effect.andThen(Effect.andThen(note(1), kill), Effect.fail("no"))
        assert.strictEqual(yield* Effect.flip(harmed(atomically(refused))), "no")
        const defect = Effect.andThen(Effect.andThen(note(1), kill), Effect.die("defect"))
        assert.deepStrictEqual(yield* Effect.exit(harmed(atomically(defect))), Exit.die("defect"))
        assert.deepStrictEqual(yield* onlooker(notes), [])
      }))

    it.effect("says that a failure which the body swallowed has undone everything", () =>
      Effect.gen(function*() {
        const { here } = yield* ground()
        const swallowed = Effect.ignore(SqlClient.use((sql) => sql`SELECT 1 / 0`))
        for (const body of [swallowed, atomically(swallowed)]) {
          assert.strictEqual(yield* failureOf(here(atomically(Effect.andThen(note(1), body)))), "Broken")
        }
        assert.deepStrictEqual(yield* here(notes), [])
      }))

    it.effect("replaces a connection that was killed while nobody used it", () =>
      Effect.gen(function*() {
        const { here: onlooker, url } = yield* ground()
        const harmed = on(yield* pool(url, { maxConnections: 1 }))
        yield* Effect.flatMap(harmed(backend), (pid) => onlooker(terminate(pid)))
        yield* Effect.sleep(30)
        yield* harmed(atomically(note(1)))
        assert.deepStrictEqual(yield* onlooker(notes), [2, 3])
      }))

    it.effect("tells the truth to every caller in a storm of kills", () =>
      Effect.gen(function*() {
        const { here: onlooker, url } = yield* ground()
        const harmed = on(yield* pool(url, { applicationName: "storm", maxConnections: 4 }))
        const outcome = (n: number) =>
          Effect.map(Effect.exit(harmed(atomically(note(n)))), (exit) => {
            if (Exit.isSuccess(exit)) return "there" as const
            const [reason] = exit.cause.reasons
            return (reason as { readonly error: { readonly failure: StorageFailure } }).error.failure
          })
        const kill = onlooker(SqlClient.use((sql) =>
          sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'storm'
            ORDER BY backend_start LIMIT 1`
        ))
        const killer = yield* Effect.forkChild(Effect.forever(Effect.andThen(Effect.sleep(10), kill)))
        const outcomes = yield* Effect.forEach(
          Array.from({ length: 150 }, (_, n) =>
            n),
          outcome,
          { concurrency: 8 }
        )
        yield* Fiber.interrupt(killer)
        const there = new Set(yield* onlooker(notes))
        for (const [n, told] of outcomes.entries()) {
          assert.strictEqual(there.has(2 * n), there.has(2 * n + 1), `half of ${n}`)
          if (told !== "InDoubt") assert.strictEqual(there.has(2 * n), told === "there", `${n} was said to be ${told}`)
        }
        const counts = Map.groupBy(outcomes, (told) => told)
        assert.isAbove(counts.get("there")?.length ?? 0, 0)
        assert.isAbove(counts.get("Unavailable")?.length ?? 0, 0)
        assert.deepStrictEqual(
          [...counts.keys()].filter((told) => !["there", "Unavailable", "InDoubt"].includes(told)),
          []
        )
      }))
  })
})
