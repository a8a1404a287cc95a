/** Tells how every ledger store lets other rows commit with postings; an account opened on the way stands for such a row. */
import { assert, type Vitest } from "@effect/vitest"
import { LedgerStore, type LinkedSet } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { accountNow, type makeAsks, opened, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

type Asks = ReturnType<typeof makeAsks>

/** Opens an account, and asks for the sets. */
const opening = (asks: Asks, name: string, ...sets: ReadonlyArray<LinkedSet>) =>
  LedgerStore.use((store) => store.postWith(Effect.as(opened(asks.account(name)), { sets, value: `opened ${name}` })))

const isThere = (asks: Asks, name: string) =>
  LedgerStore.use((store) => Effect.map(store.account(asks.code(name)), Option.isSome))

const isBooked = (asks: Asks, name: string) =>
  LedgerStore.use((store) => Effect.map(store.transfer(asks.id(name)), Option.isSome))

/** Of nine callers some are refused by the ledger, some fail by themselves, and the others must not notice. */
const kinds = ["good", "refused", "failing", "dying"] as const
const kindOf = (index: number): typeof kinds[number] => kinds[index % kinds.length]!

const caller = (asks: Asks, index: number) => {
  const set = [asks.post(`t${index}`, { debit: asks.code(`n${index}`) })]
  switch (kindOf(index)) {
    case "good":
      return opening(asks, `n${index}`, set)
    case "refused":
      return opening(asks, `n${index}`, set, [asks.post(`u${index}`, { amountMinor: 0n })])
    case "failing":
      return LedgerStore.use((store) =>
        store.postWith(Effect.andThen(opened(asks.account(`n${index}`)), Effect.fail("by itself" as const)))
      )
    case "dying":
      return LedgerStore.use((store) =>
        store.postWith(Effect.andThen(opened(asks.account(`n${index}`)), Effect.die("defect")))
      )
  }
}

const said = (exit: Exit.Exit<{ readonly value: unknown }, unknown>): unknown => {
  if (Exit.isSuccess(exit)) return exit.value.value
  const error = Cause.squash(exit.cause)
  return error instanceof Error && "reason" in error ? error.reason : error
}

const expectedOf = (index: number): string =>
  ({ good: `opened n${index}`, refused: "AmountMustBePositive", failing: "by itself", dying: "defect" })[kindOf(index)]

/** LG-15: rows of others in the same commit. */
export const workSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("commits what the work wrote with the postings", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("work")
      const { booked, value } = yield* opening(
        asks,
        "c",
        [asks.post("1", { debit: asks.code("c") })],
        [asks.post("2"), asks.post("3")]
      )
      assert.strictEqual(value, "opened c")
      assert.deepStrictEqual(booked.map(({ transfers }) => transfers.map(({ id }) => id)), [
        [asks.id("1")],
        [asks.id("2"), asks.id("3")]
      ])
      assert.strictEqual((yield* accountNow(asks.code("c"))).debitsPostedMinor, 100n)
      const again = yield* opening(asks, "c", [asks.post("1", { debit: asks.code("c") })])
      assert.deepStrictEqual(again.booked.map(({ replayed }) => replayed), [true])
    }))

  it.effect("keeps nothing of either where one set is refused", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("work-refused")
      const refused = opening(asks, "c", [asks.post("1")], [asks.post("2", { amountMinor: -1n })])
      const error = yield* Effect.flip(refused)
      assert.deepInclude(error, { _tag: "LedgerError", reason: "AmountMustBePositive" })
      assert.isFalse(yield* isThere(asks, "c"))
      assert.isFalse(yield* isBooked(asks, "1"))
    }))

  it.effect("books nothing of work that asks for nothing", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("work-none")
      assert.deepStrictEqual(yield* opening(asks, "c"), { value: "opened c", booked: [] })
      assert.isTrue(yield* isThere(asks, "c"))
    }))

  it.effect("tells each of many callers its own end", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("work-many")
      const indexes = Array.from({ length: 24 }, (_, index) => index)
      const plain = LedgerStore.use((store) => store.post([[asks.post("plain")]]))
      const [exits] = yield* Effect.all([
        Effect.forEach(indexes, (index) => Effect.exit(caller(asks, index)), { concurrency: "unbounded" }),
        plain
      ], { concurrency: "unbounded" })
      assert.deepStrictEqual(exits.map(said), indexes.map(expectedOf))
      for (const index of indexes) {
        const isGood = kindOf(index) === "good"
        assert.strictEqual(yield* isThere(asks, `n${index}`), isGood)
        assert.strictEqual(yield* isBooked(asks, `t${index}`), isGood)
      }
      assert.isTrue(yield* isBooked(asks, "plain"))
      assert.deepStrictEqual((yield* LedgerStore.use((store) => store.verify)).discrepancies, [])
    }))

  it.effect("joins the surrounding transaction", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("work-joined")
      const { atomically } = yield* Transaction
      const outer = atomically(Effect.andThen(opening(asks, "c", [asks.post("1")]), Effect.fail("undone")))
      assert.strictEqual(yield* Effect.flip(outer), "undone")
      assert.isFalse(yield* isThere(asks, "c"))
      assert.isFalse(yield* isBooked(asks, "1"))
      const kept = atomically(Effect.andThen(
        Effect.exit(opening(asks, "d", [asks.post("2", { amountMinor: 0n })])),
        opening(asks, "e", [asks.post("3")])
      ))
      yield* kept
      assert.deepStrictEqual([yield* isThere(asks, "d"), yield* isThere(asks, "e")], [false, true])
      assert.deepStrictEqual([yield* isBooked(asks, "2"), yield* isBooked(asks, "3")], [false, true])
    }))
}
