/** Tells how every ledger store holds money and ends holds. */
import { assert, type Vitest } from "@effect/vitest"
import { deriveTransferId, LedgerStore, type LinkedSet } from "@purser/domain/ledger"
import { play } from "@purser/domain/ledger/testing"
import * as Effect from "effect/Effect"
import { accountNow, answers, booked, inShort, opened, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

const limited = { balanceRule: "debits_at_most_credits" } as const

/** The suite for holds that are ended by requests. */
export const holdSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("counts what is held against what is available", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("held")
      yield* opened(asks.account("user", limited))
      yield* booked(asks.post("pay", { credit: asks.code("user") }))
      const debit = asks.code("user")
      assert.deepStrictEqual(
        yield* answers(
          [asks.hold("1", { debit, amountMinor: 60n })],
          [asks.post("2", { debit, amountMinor: 41n })],
          [asks.hold("3", { debit, amountMinor: 41n })],
          [asks.post("4", { debit, amountMinor: 40n })]
        ),
        ["booked", "InsufficientFunds at 0 (debit)", "InsufficientFunds at 0 (debit)", "booked"]
      )
      assert.deepInclude(yield* accountNow(debit), { debitsPostedMinor: 40n, debitsPendingMinor: 60n })
    }))

  it.effect("settles a hold in full", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("full")
      yield* booked(asks.hold("1"))
      const [transfer] = yield* booked(asks.settle("2", "1"))
      assert.deepInclude(transfer!, {
        kind: "settle",
        amountMinor: 100n,
        pendingId: asks.id("1"),
        debit: asks.code("a"),
        credit: asks.code("b")
      })
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 100n, debitsPendingMinor: 0n })
      assert.deepInclude(yield* accountNow(asks.code("b")), { creditsPostedMinor: 100n, creditsPendingMinor: 0n })
    }))

  it.effect("settles a hold in part and releases the rest", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("part")
      yield* booked(asks.hold("1"))
      const [transfer] = yield* booked(asks.settle("2", "1", { amountMinor: 1n }))
      assert.strictEqual(transfer!.amountMinor, 1n)
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 1n, debitsPendingMinor: 0n })
      assert.deepStrictEqual(
        yield* answers([asks.settle("3", "1", { amountMinor: 1n })], [asks.release("4", "1")]),
        ["PendingTransferAlreadySettled at 0 (pendingId)", "PendingTransferAlreadySettled at 0 (pendingId)"]
      )
    }))

  it.effect("voids a hold, also of an account that is full", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("void")
      yield* booked(asks.hold("1", { amountMinor: 2n ** 63n - 1n }))
      const [transfer] = yield* booked(asks.release("2", "1"))
      assert.deepInclude(transfer!, { kind: "void", amountMinor: 2n ** 63n - 1n, pendingId: asks.id("1") })
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 0n, debitsPendingMinor: 0n })
      assert.deepStrictEqual(
        yield* answers([asks.settle("3", "1")], [asks.release("4", "1")]),
        ["PendingTransferAlreadyVoided at 0 (pendingId)", "PendingTransferAlreadyVoided at 0 (pendingId)"]
      )
    }))

  it.effect("ends a hold in the batch that makes it", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("atonce")
      assert.deepStrictEqual(
        yield* answers(
          [asks.settle("early", "1")],
          [asks.hold("1"), asks.settle("2", "1", { amountMinor: 60n })],
          [asks.release("3", "1")]
        ),
        [
          "PendingTransferNotFound at 0 (pendingId)",
          "booked",
          "PendingTransferAlreadySettled at 0 (pendingId)"
        ]
      )
      assert.deepStrictEqual(yield* answers([asks.settle("4", "1")]), [
        "PendingTransferAlreadySettled at 0 (pendingId)"
      ])
      assert.deepInclude(yield* accountNow(asks.code("b")), { creditsPostedMinor: 60n, creditsPendingMinor: 0n })
    }))
}

const startMillis = 1_700_000_000_000

const postAt = (atMillis: number, ...sets: ReadonlyArray<LinkedSet>) =>
  Effect.map(
    play([{ _tag: "Post", atMillis, sets }]),
    ([answer]) => answer?._tag === "Post" ? inShort(answer.outcomes) : []
  )

const expireAt = (atMillis: number, limit: number) =>
  Effect.map(
    play([{ _tag: "ExpireHolds", atMillis, limit }]),
    ([answer]) => answer?._tag === "ExpireHolds" ? answer.transfers : []
  )

/** The suite for holds whose time passes. Each test has a ledger of its own, as an expiry takes all that is due. */
export const expirySuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("expires what is due, the longest overdue first, at most so many", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("expire")
      const hold = (name: string, afterMillis: number) => [
        asks.hold(name, { expiresAtMillis: startMillis + afterMillis })
      ]
      yield* postAt(startMillis, hold("late", 3000), hold("soon", 1000), hold("next", 2000), [asks.hold("never")])
      assert.deepStrictEqual(yield* expireAt(startMillis + 999, 10), [])
      const first = yield* expireAt(startMillis + 2999, 1)
      assert.deepStrictEqual(first.map(({ pendingId }) => pendingId), [asks.id("soon")])
      const [expiry] = first.map(({ amountMinor, kind, reason }) => ({ amountMinor, kind, reason: String(reason) }))
      assert.deepStrictEqual(expiry, { amountMinor: 100n, kind: "expire", reason: "hold.expired" })
      const rest = yield* expireAt(startMillis + 3000, 10)
      assert.deepStrictEqual(rest.map(({ pendingId }) => pendingId), [asks.id("next"), asks.id("late")])
      assert.deepStrictEqual(yield* expireAt(startMillis + 9999, 10), [])
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPendingMinor: 100n, version: 7n })
      const store = yield* LedgerStore
      assert.deepStrictEqual(
        yield* store.transfers({ order: "newest_first", kind: "expire", limit: 2 }),
        rest.toReversed()
      )
    }))

  it.effect("does not settle or void what is overdue, expired or not", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("overdue")
      yield* postAt(startMillis, [asks.hold("1", { expiresAtMillis: startMillis + 1 })])
      const late = "PendingTransferExpired at 0 (pendingId)"
      assert.deepStrictEqual(yield* postAt(startMillis + 1, [asks.settle("2", "1")], [asks.release("3", "1")]), [
        late,
        late
      ])
      yield* expireAt(startMillis + 1, 1)
      assert.deepStrictEqual(yield* postAt(startMillis, [asks.settle("2", "1")]), [late])
    }))

  it.effect("expires a hold although somebody posted under an id that follows from the hold's", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("squatted")
      const squatter = asks.post("squatter", { id: deriveTransferId("ledger.hold.expired", asks.id("1")) })
      yield* postAt(startMillis, [asks.hold("1", { expiresAtMillis: startMillis + 1 })], [squatter])
      const expired = yield* expireAt(startMillis + 1, 10)
      assert.deepStrictEqual(expired.map(({ pendingId }) => pendingId), [asks.id("1")])
    }))

  it.effect("leaves alone what was ended in time", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("intime")
      const expiresAtMillis = startMillis + 1
      yield* postAt(startMillis, [asks.hold("1", { expiresAtMillis })], [asks.settle("2", "1")])
      assert.deepStrictEqual(yield* expireAt(startMillis + 2, 10), [])
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 100n, debitsPendingMinor: 0n })
    }))
}
