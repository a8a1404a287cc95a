/** Simulates the ledger in memory, seed by seed, and shows that the auditor catches what a store can do wrong. */
import { assert, describe, it } from "@effect/vitest"
import { type Course, type Place, placeInMemory, regressions, shrink, simulate } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import { bugs } from "./planted.ts"

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, step) => step)

const run = (course: Course, harm: (place: Place) => Place = (place) => place) =>
  Effect.scoped(Effect.flatMap(placeInMemory, (place) => simulate(harm(place), course)))

const seeds = ["1", "2", "3"]

describe("LG-16 PF-12 a simulated ledger in memory", () => {
  it.live.each(seeds)("answers as predicted, seed %s", (seed) =>
    Effect.gen(function*() {
      const verdict = yield* run({ seed, steps: upTo(120) })
      assert.isUndefined(verdict.flaw, `seed ${seed}: ${verdict.flaw?.why}`)
      assert.isAtLeast(Number(verdict.transfers), 200)
      assert.isAtLeast(verdict.faults, 10)
    }))

  it.live.each(seeds)(
    "answers in an order that can be found while callers race, seed %s",
    (seed) =>
      Effect.gen(function*() {
        const verdict = yield* run({ seed, steps: upTo(60), isRacing: true })
        assert.isUndefined(verdict.flaw, `seed ${seed}: ${verdict.flaw?.why}`)
        assert.isAtLeast(verdict.faults, 3)
      })
  )

  it.live("writes the same transcript for the same seed, and another for another", () =>
    Effect.gen(function*() {
      const course = { seed: "5", steps: upTo(60) }
      const first = yield* run(course)
      assert.deepStrictEqual((yield* run(course)).lines, first.lines)
      assert.match(first.digest, /^[0-9a-f]{64}$/u)
      assert.notStrictEqual((yield* run({ ...course, seed: "6" })).digest, first.digest)
    }))

  it.live("goes through every fault, restarts and clocks that go backwards", () =>
    Effect.gen(function*() {
      const { lines } = yield* run({ seed: "7", steps: upTo(200) })
      const text = lines.join("\n")
      for (
        const word of ["CrashBeforeCommit", "CrashAfterCommit", "CommitLost", "AnswerLost", "Unavailable", "restarts"]
      ) {
        assert.include(text, word)
      }
      const times = lines.flatMap((line) => /^\d+ at (\d+)/u.exec(line)?.[1] ?? []).map(Number)
      assert.isTrue(times.some((time, index) => time < (times[index - 1] ?? 0)))
      for (
        const reason of [
          "InsufficientFunds",
          "PendingTransferExpired",
          "AccountClosed",
          "TransferExistsWith",
          "again #"
        ]
      ) {
        assert.include(text, reason)
      }
    }))

  it.live.each(regressions)("still $why", ({ course }) =>
    Effect.gen(function*() {
      const { flaw } = yield* run(course)
      assert.isUndefined(flaw, flaw?.why)
    }))
})

describe.each(Object.entries(bugs))("LG-16 a store that %s", (_, plant) => {
  it.live("is caught within 300 steps, and by a few steps alone", () =>
    Effect.gen(function*() {
      const steps = upTo(300)
      const { flaw } = yield* run({ seed: "1", steps }, plant)
      assert.isDefined(flaw)
      const fails = (some: ReadonlyArray<number>) =>
        Effect.map(run({ seed: "1", steps: some }, plant), ({ flaw }) => flaw !== undefined)
      const shortest = yield* shrink(upTo(flaw!.step + 1), 60, fails)
      assert.isTrue(yield* fails(shortest))
      assert.isAtMost(shortest.length, Math.ceil((flaw!.step + 1) / 2))
    }))
})
