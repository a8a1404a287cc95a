/** Simulates the ledger on both databases, seed by seed, and in memory for comparison. */
import { assert, describe, it } from "@effect/vitest"
import { type Course, type Place, placeInMemory, regressions, simulate } from "@purser/domain/ledger/testing"
import { Database, Migrations } from "@purser/storage"
import { isEmptyPostgres, placeOnPostgres, placeOnSqlite, temporaryPostgres } from "@purser/storage/testing"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { inject } from "vitest"

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, step) => step)

const places: Readonly<Record<string, Effect.Effect<Place, never, Scope.Scope>>> = {
  sqlite: placeOnSqlite(),
  postgres: Effect.flatMap(Effect.suspend(() => temporaryPostgres(inject("postgresUrl"))), placeOnPostgres)
}

const run = (place: Effect.Effect<Place, never, Scope.Scope>, course: Course) =>
  Effect.scoped(Effect.flatMap(place, (place) => simulate(place, course)))

describe.each(Object.entries(places))("LG-16 PF-12 a simulated ledger on %s", (_, place) => {
  it.live.each(["2"])("is answered as in memory, word for word, seed %s", (seed) =>
    Effect.gen(function*() {
      const course = { seed, steps: upTo(30) }
      const verdict = yield* run(place, course)
      assert.isUndefined(verdict.flaw, `seed ${seed}: ${verdict.flaw?.why}`)
      assert.deepStrictEqual(verdict.lines, (yield* run(placeInMemory, course)).lines)
      assert.isAtLeast(verdict.faults, 2)
    }))

  it.live("answers in an order that can be found while callers race", () =>
    Effect.gen(function*() {
      const verdict = yield* run(place, { seed: "1", steps: upTo(30), isRacing: true })
      assert.isUndefined(verdict.flaw, verdict.flaw?.why)
      assert.isAtLeast(verdict.faults, 1)
    }))

  it.live.each(regressions)("still $why", ({ course }) =>
    Effect.gen(function*() {
      const { flaw } = yield* run(place, course)
      assert.isUndefined(flaw, flaw?.why)
    }))
})

describe("LG-16 a bug below the ledger", () => {
  it.live.each(
    [
      ["drops the entries of some transfers", (text: string) => /^INSERT INTO entry\b/u.test(text), 20],
      ["forgets what became of a hold", (text: string) => /^INSERT INTO hold\b/u.test(text), 5],
      [
        "leaves an account as it was",
        (text: string) => /^UPDATE account SET (?:debits|version)/u.test(text),
        10
      ]
    ] as const
  )("is caught: it %s", ([, isHit, after]) =>
    Effect.gen(function*() {
      let count = 0
      const place = placeOnSqlite((text) =>
        isHit(text) && ++count === after ? "SELECT json_each.value FROM json_each(?)" : text
      )
      const { flaw } = yield* run(place, { seed: "1", steps: upTo(200) })
      assert.isDefined(flaw)
      assert.isAtLeast(count, after)
    }))
})

describe("LG-16 a database to simulate on", () => {
  it.live("is empty, and is left so", () =>
    Effect.gen(function*() {
      const url = yield* temporaryPostgres(inject("postgresUrl"))
      assert.isTrue(yield* isEmptyPostgres(url))
      yield* run(placeOnPostgres(url), { seed: "1", steps: upTo(1) })
      assert.isTrue(yield* isEmptyPostgres(url))
      yield* Effect.provide(Migrations.run, Database.layerPostgres({ url: Redacted.make(url) }))
      assert.isFalse(yield* isEmptyPostgres(url))
    }))
})
