/** Tells what every outbox must do. */
import { assert, type Vitest } from "@effect/vitest"
import { Outbox, OutboxEvent, type OutboxRecord } from "@purser/domain/outbox"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"

const event = (key: string, atMillis: number, payload: Record<string, string> = {}): OutboxEvent =>
  new OutboxEvent({ topic: "ticket.claimed", key, payload, atMillis })

const keysOf = (records: ReadonlyArray<OutboxRecord>): ReadonlyArray<string> => records.map(({ event }) => event.key)

/** Events of one test, which has a stretch of time to itself: all before it were delivered. */
const emptied = Effect.gen(function*() {
  const outbox = yield* Outbox
  const waiting = yield* outbox.due(Number.MAX_SAFE_INTEGER, 100_000)
  yield* outbox.delivered(waiting.map(({ sequence }) => sequence))
  return outbox
})

/** The suite. */
export const outboxSuite = (it: Vitest.MethodsNonLive<Outbox | Transaction>): void => {
  it.effect("gives events back exactly, oldest first", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      const odd = event("päper \"1\" {a,NULL}", 5, { "a \"b\"": "{\\n}", empty: "", nul: "\0" })
      yield* outbox.append([odd, event("b", 4), event("a", 5)])
      yield* outbox.append([event("c", 0)])
      const due = yield* outbox.due(5, 10)
      assert.deepStrictEqual(due.map(({ event }) => event), [odd, event("b", 4), event("a", 5), event("c", 0)])
      assert.deepStrictEqual(due.map(({ attempts }) => attempts), [0, 0, 0, 0])
      for (const [index, { sequence }] of due.slice(1).entries()) assert.isTrue(sequence > due[index]!.sequence)
    }))

  it.effect("holds back what is not due, and what is too much", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      yield* outbox.append([event("later", 30), event("now", 10), event("soon", 20)])
      assert.deepStrictEqual(keysOf(yield* outbox.due(9, 10)), [])
      assert.deepStrictEqual(keysOf(yield* outbox.due(20, 10)), ["now", "soon"])
      assert.deepStrictEqual(keysOf(yield* outbox.due(30, 2)), ["later", "now"])
    }))

  it.effect("forgets what was delivered", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      yield* outbox.append([event("a", 1), event("b", 1), event("c", 1)])
      const [first, , third] = yield* outbox.due(1, 10)
      yield* outbox.delivered([first!.sequence, third!.sequence])
      yield* outbox.delivered([first!.sequence])
      yield* outbox.delivered([])
      assert.deepStrictEqual(keysOf(yield* outbox.due(1, 10)), ["b"])
    }))

  it.effect("puts an event off and counts the attempt", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      yield* outbox.append([event("a", 1), event("b", 1)])
      const [first] = yield* outbox.due(1, 10)
      yield* outbox.postponed(first!.sequence, 50)
      assert.deepStrictEqual(keysOf(yield* outbox.due(49, 10)), ["b"])
      yield* outbox.postponed(first!.sequence, 40)
      assert.deepStrictEqual(yield* outbox.due(40, 1), [{ ...first!, attempts: 2 }])
      yield* outbox.delivered([first!.sequence])
      yield* outbox.postponed(first!.sequence, 1)
      assert.deepStrictEqual(keysOf(yield* outbox.due(1, 10)), ["b"])
    }))

  it.effect("takes and gives more than a statement has parameters", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      yield* outbox.append([])
      yield* outbox.append(Array.from({ length: 14_000 }, (_, index) => event(`many/${index}`, 1)))
      const due = yield* outbox.due(1, 20_000)
      assert.deepStrictEqual(keysOf(due), due.map((_, index) => `many/${index}`))
      assert.strictEqual(due.length, 14_000)
      const sequences = Array.from({ length: 70_000 }, (_, index) => due[0]!.sequence + BigInt(index))
      yield* outbox.delivered(sequences)
      assert.deepStrictEqual(yield* outbox.due(1, 10), [])
    }))

  it.effect("never sends what was not committed", () =>
    Effect.gen(function*() {
      const outbox = yield* emptied
      const { atomically } = yield* Transaction
      yield* Effect.flip(atomically(Effect.andThen(outbox.append([event("undone", 1)]), Effect.fail("no"))))
      yield* atomically(outbox.append([event("done", 1)]))
      assert.deepStrictEqual(keysOf(yield* outbox.due(1, 10)), ["done"])
    }))
}
