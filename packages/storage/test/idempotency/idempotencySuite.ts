/** Tells what every store of answers must do. */
import { assert, type Vitest } from "@effect/vitest"
import { type IdempotencyScope, IdempotencyStore } from "@purser/domain/idempotency"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"

const requestHash = "ab".repeat(32)
const otherHash = "cd".repeat(32)
const answer = { status: 201, body: "{\"a\":\"ü\"}" }

/** A scope of its own by name. */
export const scope = (key: string, rest: Partial<IdempotencyScope> = {}): IdempotencyScope => ({
  principal: "operator",
  operation: "POST /v1/redeem",
  key,
  ...rest
})

/** Begins at a time with a lease of 100 ms. */
export const begin = (at: IdempotencyScope, atMillis: number, hash = requestHash) =>
  IdempotencyStore.use((answers) => answers.begin(at, { requestHash: hash, atMillis, leaseMillis: 100 }))

const answering = (it: Vitest.MethodsNonLive<IdempotencyStore | Transaction>): void => {
  it.effect("starts a new key and repeats its answer", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      assert.deepStrictEqual(yield* begin(scope("new"), 0), { _tag: "Started" })
      yield* answers.complete(scope("new"), answer)
      assert.deepStrictEqual(yield* begin(scope("new"), 1), { _tag: "Repeated", answer })
      assert.deepStrictEqual(yield* begin(scope("new"), 10_000), { _tag: "Repeated", answer })
    }))

  it.effect("keeps that there is nothing to repeat", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      yield* begin(scope("secret"), 0)
      yield* answers.complete(scope("secret"), { status: 200, body: null })
      assert.deepStrictEqual(yield* begin(scope("secret"), 1), {
        _tag: "Repeated",
        answer: { status: 200, body: null }
      })
    }))

  it.effect("tells another request under the same key", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      yield* begin(scope("clash"), 0)
      assert.deepStrictEqual(yield* begin(scope("clash"), 1, otherHash), { _tag: "Clashed" })
      assert.deepStrictEqual(yield* begin(scope("clash"), 1000, otherHash), { _tag: "Clashed" })
      yield* answers.complete(scope("clash"), answer)
      assert.deepStrictEqual(yield* begin(scope("clash"), 2, otherHash), { _tag: "Clashed" })
    }))

  it.effect("keeps principals, operations and keys apart", () =>
    Effect.gen(function*() {
      yield* begin(scope("apart"), 0)
      for (const other of [{ principal: "another" }, { operation: "POST /v1/other" }, { key: "apart " }]) {
        assert.deepStrictEqual(yield* begin(scope("apart", other), 0, otherHash), { _tag: "Started" })
      }
    }))
}

const rush = (atMillis: number) =>
  Effect.all(Array.from({ length: 16 }, () => begin(scope("rush"), atMillis)), { concurrency: "unbounded" })

const leasing = (it: Vitest.MethodsNonLive<IdempotencyStore | Transaction>): void => {
  it.effect("says how long a key is in flight, and gives it away after that", () =>
    Effect.gen(function*() {
      yield* begin(scope("lease"), 50)
      assert.deepStrictEqual(yield* begin(scope("lease"), 60), { _tag: "InFlight", retryAfterMillis: 90 })
      assert.deepStrictEqual(yield* begin(scope("lease"), 149), { _tag: "InFlight", retryAfterMillis: 1 })
      assert.deepStrictEqual(yield* begin(scope("lease"), 150), { _tag: "Started" })
      assert.deepStrictEqual(yield* begin(scope("lease"), 151), { _tag: "InFlight", retryAfterMillis: 99 })
    }))

  it.effect("starts one of 16 that come at once", () =>
    Effect.gen(function*() {
      for (const atMillis of [0, 100]) {
        const tags = (yield* rush(atMillis)).map(({ _tag }) => _tag).toSorted()
        assert.deepStrictEqual(tags, [...Array.from({ length: 15 }, () => "InFlight"), "Started"])
      }
    }))

  it.effect("frees an abandoned key, and keeps an answered one", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      yield* begin(scope("left"), 0)
      yield* answers.abandon(scope("left"))
      assert.deepStrictEqual(yield* begin(scope("left"), 1, otherHash), { _tag: "Started" })
      yield* answers.complete(scope("left"), answer)
      yield* answers.abandon(scope("left"))
      yield* answers.abandon(scope("never"))
      assert.deepStrictEqual(yield* begin(scope("left"), 2, otherHash), { _tag: "Repeated", answer })
    }))

  it.effect("answers only if the work is committed", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      const { atomically } = yield* Transaction
      yield* begin(scope("undone"), 0)
      yield* Effect.flip(atomically(Effect.andThen(answers.complete(scope("undone"), answer), Effect.fail("no"))))
      assert.deepStrictEqual(yield* begin(scope("undone"), 1), { _tag: "InFlight", retryAfterMillis: 99 })
      yield* atomically(answers.complete(scope("undone"), answer))
      assert.deepStrictEqual(yield* begin(scope("undone"), 1), { _tag: "Repeated", answer })
    }))

  it.effect("prunes old answers and what was left in flight, and nothing whose lease runs", () =>
    Effect.gen(function*() {
      const answers = yield* IdempotencyStore
      const farAhead = Number.MAX_SAFE_INTEGER - 1000
      yield* answers.prune(farAhead)
      yield* begin(scope("old/1"), 0)
      yield* begin(scope("old/2"), 0)
      yield* begin(scope("crashed"), farAhead - 1000)
      yield* begin(scope("flying"), farAhead - 50)
      yield* answers.complete(scope("old/1"), answer)
      yield* answers.complete(scope("old/2"), answer)
      assert.strictEqual(yield* answers.prune(0), 0)
      assert.strictEqual(yield* answers.prune(farAhead), 3)
      assert.deepStrictEqual(yield* begin(scope("old/1"), 0, otherHash), { _tag: "Started" })
      assert.deepStrictEqual(yield* begin(scope("crashed"), 0, otherHash), { _tag: "Started" })
      assert.strictEqual((yield* begin(scope("flying"), farAhead - 40))._tag, "InFlight")
    }))
}

/** The suite. */
export const idempotencySuite = (it: Vitest.MethodsNonLive<IdempotencyStore | Transaction>): void => {
  answering(it)
  leasing(it)
}
