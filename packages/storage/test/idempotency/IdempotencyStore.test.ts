import { assert, describe, type Vitest } from "@effect/vitest"
import { IdempotencyStore } from "@purser/domain/idempotency"
import { layerMemory } from "@purser/domain/idempotency/testing"
import { Outbox, OutboxEvent } from "@purser/domain/outbox"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import { type Everything, failureOf, onEveryStore } from "../onEveryStore.ts"
import { begin, idempotencySuite, scope } from "./idempotencySuite.ts"

const answer = { status: 200, body: null }

const complete = (key: string) => IdempotencyStore.use((answers) => answers.complete(scope(key), answer))

/** The work of a request, and its answer with it. */
const work = (key: string) =>
  Transaction.use(({ atomically }) =>
    atomically(Effect.andThen(
      Outbox.use((outbox) => outbox.append([new OutboxEvent({ topic: "work", key, payload: {}, atMillis: 0 })])),
      complete(key)
    ))
  )

const done = Effect.map(
  Outbox.use((outbox) => outbox.due(0, 1000)),
  (records) => records.map(({ event }) => event.key)
)

const ofDatabases = (it: Vitest.MethodsNonLive<Everything>): void => {
  it.effect("commits the work once when a slow holder comes back after another has answered", () =>
    Effect.gen(function*() {
      yield* begin(scope("slow"), 0)
      yield* begin(scope("slow"), 100)
      yield* work("slow")
      assert.strictEqual(yield* failureOf(work("slow")), "Contended")
      assert.deepStrictEqual((yield* done).filter((key) => key === "slow"), ["slow"])
    }))

  it.effect("commits nothing for a key that was given up", () =>
    Effect.gen(function*() {
      yield* begin(scope("gone"), 0)
      yield* IdempotencyStore.use((answers) => answers.abandon(scope("gone")))
      assert.strictEqual(yield* failureOf(work("gone")), "Contended")
      assert.notInclude(yield* done, "gone")
    }))

  it.effect("begins nothing that a transaction could undo", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      assert.strictEqual(yield* failureOf(atomically(begin(scope("inside"), 0))), "Broken")
      assert.deepStrictEqual(yield* begin(scope("inside"), 0), { _tag: "Started" })
    }))
}

describe("PF-4 answers by idempotency key", () => {
  onEveryStore(layerMemory, idempotencySuite, ofDatabases)
})
