import { assert, describe, it } from "@effect/vitest"
import { LedgerRules, LedgerStore, reasonsInOrder, type Transfer } from "@purser/domain/ledger"
import {
  histories,
  type History,
  type HistoryAnswer,
  historyOf,
  layerMemory,
  play,
  snapshot
} from "@purser/domain/ledger/testing"
import { MemoryState } from "@purser/domain/transaction/testing"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"

/** Every use builds a store of its own. */
const onNewStore = <A, E>(effect: Effect.Effect<A, E, LedgerStore>) =>
  Effect.provide(effect, layerMemory.pipe(Layer.provide(MemoryState.layer)), { local: true })

const outcomesOf = (answers: ReadonlyArray<HistoryAnswer>) =>
  answers.flatMap((answer) => answer._tag === "Post" ? answer.outcomes : [])
const refusalsOf = (answers: ReadonlyArray<HistoryAnswer>) =>
  outcomesOf(answers).flatMap((outcome) => Result.isFailure(outcome) ? [outcome.failure.reason] : [])

const endsHold = (history: History) =>
  history.some((step) => step._tag === "Post" && step.sets.flat().some(({ _tag }) => _tag === "Void"))

const seeds = Array.from({ length: 15 }, (_, index) => `seed ${index}`)

describe("LG-13 histories", () => {
  it.effect.prop(
    "are taken in full unless refusals are asked for",
    { history: histories() },
    ({ history }) =>
      Effect.gen(function*() {
        const answers = yield* onNewStore(play(history))
        assert.deepStrictEqual(refusalsOf(answers), [])
        assert.isFalse(answers.some((answer) => answer._tag === "CloseAccount" && Result.isFailure(answer.answer)))
      }),
    { arbitrary: { runs: 20, size: 40 } }
  )

  it.effect.each(seeds)("of %s are taken in full", (seed) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(refusalsOf(yield* onNewStore(play(historyOf(seed)))), [])
    }))

  it("are the same for the same seed only", () => {
    assert.deepStrictEqual(historyOf("a"), historyOf("a"))
    assert.notDeepEqual(historyOf("a"), historyOf("b"))
    assert.strictEqual(historyOf("a", { steps: 7 }).length, 8)
  })

  it.effect("reach every kind of transfer, and with refusals nearly every reason", () =>
    Effect.gen(function*() {
      const kinds = new Set<string>()
      const reasons = new Set<string>()
      for (const seed of seeds) {
        const answers = yield* onNewStore(play(historyOf(seed, { steps: 80, refusals: true })))
        for (const reason of refusalsOf(answers)) reasons.add(reason)
        for (const outcome of outcomesOf(answers)) {
          if (Result.isSuccess(outcome)) outcome.success.transfers.forEach(({ kind }) => kinds.add(kind))
        }
        for (const answer of answers) {
          if (answer._tag === "ExpireHolds" && answer.transfers.length > 0) kinds.add("expire")
        }
      }
      assert.sameMembers([...kinds], ["post", "hold", "settle", "void", "expire"])
      assert.isAtLeast(reasons.size, reasonsInOrder.length - 4)
    }))

  it.effect("shrink by leaving steps out", () =>
    Effect.gen(function*() {
      const result = yield* Arbitrary.checkEffect(
        histories(),
        (history) => Effect.sync(() => !endsHold(history)),
        { seed: 1, size: 40, runs: 200 }
      )
      assert(result._tag === "Falsified")
      assert.isBelow(result.shrunkInput.length, 5)
    }))
})

describe("LG-5 LG-13 playing a history", () => {
  const history = histories({ refusals: true })

  it.effect.prop(
    "gives the same answers and books on every store",
    { history },
    ({ history }) =>
      Effect.gen(function*() {
        const both = Effect.all([play(history), snapshot])
        const [first, second] = [yield* onNewStore(both), yield* onNewStore(both)]
        assert.deepStrictEqual(first, second)
        assert.deepStrictEqual(first[1].verification.discrepancies, [])
      }),
    { arbitrary: { runs: 20, size: 40 } }
  )

  it.effect("happens at the times of its steps", () =>
    onNewStore(Effect.gen(function*() {
      const history = historyOf("times")
      const answers = yield* play(history)
      for (const [index, answer] of answers.entries()) {
        const first = answer._tag === "Post" ? answer.outcomes[0] : undefined
        if (first === undefined || Result.isFailure(first) || first.success.transfers.length > 1) continue
        const [{ bookedAtMillis }] = first.success.transfers as [Transfer]
        const { atMillis } = history[index]!
        if (!first.success.replayed) assert.strictEqual(bookedAtMillis, atMillis)
      }
    })))

  it.effect("reads back what is longer than a page", () =>
    onNewStore(Effect.gen(function*() {
      yield* play(historyOf("long", { steps: 400 }))
      const { accounts, entries, transfers, verification } = yield* snapshot
      assert.isAbove(transfers.length, 500)
      assert.strictEqual(verification.transfers, BigInt(transfers.length))
      assert.strictEqual([...entries.values()].flat().length, 2 * transfers.length)
      assert.deepStrictEqual(
        accounts.map(({ code }) => BigInt(entries.get(code)!.length)),
        accounts.map(({ version }) => version)
      )
    })))
})

describe("LG-7 LG-13 the reference model", () => {
  const history = histories({ refusals: true })

  it.effect.prop("tells balances at every sequence", { history }, ({ history }) =>
    onNewStore(Effect.gen(function*() {
      yield* play(history)
      const { entries, transfers } = yield* snapshot
      const store = yield* LedgerStore
      for (const [account, lines] of entries) {
        for (const { sequence } of transfers) {
          const last = lines.findLast((entry) => entry.transfer.sequence <= sequence)
          const at = Option.getOrUndefined(yield* store.balanceAt(account, { sequence }))
          assert.deepStrictEqual(at && { ...at, transfer: last?.transfer }, last)
        }
      }
    })), { arbitrary: { runs: 5, size: 20 } })

  it.effect.prop("audits itself as the auditor does", { history }, ({ history }) =>
    onNewStore(Effect.gen(function*() {
      yield* play(history)
      const { accounts, entries, transfers, verification } = yield* snapshot
      const all = [...entries.values()].flat()
      const auditor = new LedgerRules.Auditor()
      for (const transfer of transfers) auditor.see(transfer, all.filter((entry) => entry.transfer.id === transfer.id))
      const { discrepancies } = auditor.finish(accounts, new Map())
      const holds = transfers.filter(({ kind }) => kind === "hold")
      assert.strictEqual(discrepancies.length, holds.length, "holds that were not shown are missing")
      assert.deepStrictEqual(verification.discrepancies, [])
    })), { arbitrary: { runs: 10, size: 30 } })
})
