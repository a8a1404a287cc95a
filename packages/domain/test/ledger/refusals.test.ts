import { assert, describe, it } from "@effect/vitest"
import { LedgerError, LedgerRules, LedgerStore, reasonsInOrder } from "@purser/domain/ledger"
import {
  layerMemory,
  play,
  refusalBooks,
  refusalLadders,
  refusedAtMillis,
  snapshot
} from "@purser/domain/ledger/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { PlainBooks } from "./PlainBooks.ts"

const ladders = Object.entries(refusalLadders)
const rungs = ladders.flatMap(([ladder, rungs]) =>
  rungs.map((rung, index) => ({ name: `${ladder} ${index}`, ...rung }))
)

const books = () => {
  const books = new PlainBooks()
  for (const step of refusalBooks) books.take(step)
  return books
}

const refusalOf = ({ failure: { field, index, reason } }: Result.Failure<unknown, LedgerError>) => ({
  reason,
  index,
  field
})

describe("LG-5 LG-10 reasons for a refusal", () => {
  it("are all reached", () => {
    const reached = new Set(rungs.map(({ reason }) => reason))
    assert.deepStrictEqual(reasonsInOrder.filter((reason) => !reached.has(reason)), [])
  })

  it.each(rungs)("answer $name with $reason, leaving no trace", ({ field, index, reason, set }) => {
    const before = books()
    const booking = before.booking(refusedAtMillis)
    const decision = LedgerRules.decideBatch(before.partFor([set]), [set], booking)
    const [outcome] = decision.outcomes
    assert.isTrue(Result.isFailure(outcome!))
    assert.deepStrictEqual(refusalOf(outcome as never), { reason, index, field })
    assert.deepStrictEqual(before.write(decision).transfers, [])
    assert.deepStrictEqual(before, books())
  })

  it.each(ladders)("come in their order on the ladder %s", (_, rungs) => {
    const places = rungs.map(({ reason }) => reasonsInOrder.indexOf(reason))
    assert.deepStrictEqual(places, places.toSorted((left, right) => left - right))
  })

  it.effect("are those of the store in memory", () =>
    Effect.gen(function*() {
      yield* play(refusalBooks)
      const before = yield* snapshot
      const sets = rungs.map(({ set }) => set)
      const answers = yield* play([{ _tag: "Post", atMillis: refusedAtMillis, sets }])
      const outcomes = answers.flatMap((answer) => answer._tag === "Post" ? answer.outcomes : [])
      assert.deepStrictEqual(
        outcomes.map((outcome) => Result.isFailure(outcome) && refusalOf(outcome)),
        rungs.map(({ field, index, reason }) => ({ reason, index, field }))
      )
      assert.deepStrictEqual(yield* snapshot, before)
      assert.isAbove((yield* LedgerStore.use((store) => store.trialBalance)).length, 0)
    }).pipe(Effect.provide(layerMemory.pipe(Layer.provide(MemoryState.layer)))))

  it("tell whether the same request can succeed later", () => {
    const retryable = reasonsInOrder.filter((reason) => new LedgerError({ reason, index: 0 }).isRetryable)
    assert.deepStrictEqual(retryable, ["InsufficientFunds"])
  })

  it("say what is wrong", () => {
    const error = new LedgerError({ reason: "InsufficientFunds", index: 0, field: "debit", detail: "user:1" })
    assert.strictEqual(error.message, "InsufficientFunds (debit): user:1")
    assert.strictEqual(new LedgerError({ reason: "LinkedSetIsEmpty", index: 0 }).message, "LinkedSetIsEmpty")
  })
})
