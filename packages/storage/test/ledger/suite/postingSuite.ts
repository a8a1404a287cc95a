/** Tells how every ledger store books transfers: alone, linked, in batches, again, and back. */
import { assert, type Vitest } from "@effect/vitest"
import { IdempotencyKey, LedgerStore, maximumMinor } from "@purser/domain/ledger"
import { Transaction } from "@purser/domain/transaction"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { accountNow, answers, booked, bookedEach, opened, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

const limited = { balanceRule: "debits_at_most_credits" } as const

const lastSequence = LedgerStore.use((store) =>
  Effect.map(store.transfers({ order: "newest_first", limit: 1 }), ([transfer]) => transfer?.sequence ?? 0n)
)

/** LG-2, LG-10: one transfer. */
export const transferSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("moves money and gives the transfer back exactly", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("move")
      const before = yield* lastSequence
      const request = asks.post("1", {
        reference: "Beleg ü/1 \"%_\\",
        idempotencyKey: IdempotencyKey.make("move-1"),
        effectiveAtMillis: -1,
        metadata: { note: "größer ≥ {1}", "a\"b": "", order: "0" }
      })
      const [transfer] = yield* booked(request)
      const { bookedAtMillis, ...figures } = transfer!
      const { _tag, ...asked } = request
      assert.deepStrictEqual(figures, {
        ...asked,
        kind: "post",
        sequence: before + 1n,
        pendingId: null,
        expiresAtMillis: null,
        effectiveAtMillis: -1
      })
      assert.isAbove(bookedAtMillis, 0)
      assert.deepStrictEqual(yield* store.transfer(asks.id("1")), Option.some(transfer!))
      const [a, b] = [yield* accountNow(asks.code("a")), yield* accountNow(asks.code("b"))]
      assert.deepInclude(a, { debitsPostedMinor: 100n, creditsPostedMinor: 0n, version: 1n })
      assert.deepInclude(b, { debitsPostedMinor: 0n, creditsPostedMinor: 100n, version: 1n })
    }))

  it.effect("takes the time of booking for the time of effect where none is given", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("times")
      const [transfer] = yield* booked(asks.post("1"))
      assert.strictEqual(transfer!.effectiveAtMillis, transfer!.bookedAtMillis)
    }))

  it.effect("finds no transfer that was not booked", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("absent")
      assert.isTrue(Option.isNone(yield* store.transfer(asks.id("1"))))
    }))

  it.effect("carries 2^63 - 1 and refuses one more", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("most")
      const [transfer] = yield* booked(asks.post("1", { amountMinor: maximumMinor }))
      assert.strictEqual(transfer!.amountMinor, 2n ** 63n - 1n)
      assert.strictEqual((yield* accountNow(asks.code("b"))).creditsPostedMinor, 2n ** 63n - 1n)
      assert.deepStrictEqual(
        yield* answers(
          [asks.post("2", { amountMinor: 1n })],
          [asks.hold("3", { amountMinor: 1n })],
          [asks.post("4", { amountMinor: maximumMinor + 1n })],
          [asks.post("5", { debit: asks.code("b"), credit: asks.code("a"), amountMinor: 1n })]
        ),
        ["TotalOverflows at 0 (debit)", "TotalOverflows at 0 (debit)", "AmountOverflows at 0 (amountMinor)", "booked"]
      )
    }))

  it.effect("lets a limited account spend what it has and its overdraft", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("limit")
      yield* opened(
        asks.account("user", limited),
        asks.account("friend", { ...limited, overdraftMinor: 2n ** 63n - 1n })
      )
      const spend = (name: string, user: string, amountMinor: bigint) => [
        asks.post(name, { debit: asks.code(user), amountMinor })
      ]
      yield* booked(asks.post("1", { credit: asks.code("user"), amountMinor: 70n }))
      yield* booked(asks.post("2", { credit: asks.code("friend"), amountMinor: 1n }))
      assert.deepStrictEqual(
        yield* answers(
          spend("3", "user", 71n),
          spend("4", "user", 70n),
          spend("5", "user", 1n),
          spend("6", "friend", 2n ** 63n - 101n),
          spend("7", "friend", 31n)
        ),
        [
          "InsufficientFunds at 0 (debit)",
          "booked",
          "InsufficientFunds at 0 (debit)",
          "booked",
          "TotalOverflows at 0 (credit)"
        ]
      )
    }))

  it.effect("reverses a transfer once", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("reverse")
      yield* booked(asks.post("1"))
      const back = { debit: asks.code("b"), credit: asks.code("a"), reverses: asks.id("1") }
      assert.deepStrictEqual(
        yield* answers([asks.post("2", back)], [asks.post("3", back)], [asks.post("2", back)]),
        ["booked", "TransferAlreadyReversed at 0 (reverses)", "replayed"]
      )
      assert.deepStrictEqual(yield* answers([asks.post("4", back)]), ["TransferAlreadyReversed at 0 (reverses)"])
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 100n, creditsPostedMinor: 100n })
    }))
}

/** LG-4: sets and batches. */
export const batchSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("books a linked set all or nothing", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("linked")
      yield* opened(asks.account("user", limited))
      const before = yield* lastSequence
      const pay = asks.post("pay", { credit: asks.code("user"), amountMinor: 50n })
      const spend = (amountMinor: bigint) => asks.post("spend", { debit: asks.code("user"), amountMinor })
      assert.deepStrictEqual(yield* answers([pay, spend(51n)]), ["InsufficientFunds at 1 (debit)"])
      assert.strictEqual(yield* lastSequence, before)
      assert.deepInclude(yield* accountNow(asks.code("user")), { creditsPostedMinor: 0n, version: 0n })
      assert.deepStrictEqual(yield* answers([spend(50n), pay]), ["InsufficientFunds at 0 (debit)"])
      const transfers = yield* booked(pay, spend(50n))
      assert.deepStrictEqual(transfers.map(({ sequence }) => sequence), [before + 1n, before + 2n])
      assert.deepInclude(yield* accountNow(asks.code("user")), { debitsPostedMinor: 50n, version: 2n })
    }))

  it.effect("answers for each set of a batch, each on top of the ones before", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("batch")
      yield* opened(asks.account("user", limited))
      const spend = (name: string) => asks.post(name, { debit: asks.code("user"), amountMinor: 40n })
      assert.deepStrictEqual(
        yield* answers(
          [spend("early")],
          [asks.post("pay", { credit: asks.code("user") })],
          [],
          [spend("1"), spend("2")],
          [spend("3")],
          [spend("1")],
          [asks.post("pay", { credit: asks.code("user") }), asks.post("more")]
        ),
        [
          "InsufficientFunds at 0 (debit)",
          "booked",
          "LinkedSetIsEmpty at 0",
          "booked",
          "InsufficientFunds at 0 (debit)",
          "replayed",
          "booked"
        ]
      )
      const store = yield* LedgerStore
      assert.deepStrictEqual(yield* store.post([]), [])
    }))

  it.effect("books a batch of hundreds", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("hundreds")
      const before = yield* lastSequence
      const transfers = yield* bookedEach(...Array.from({ length: 700 }, (_, index) => asks.post(String(index))))
      assert.deepStrictEqual(
        transfers.map(({ sequence }) => sequence),
        Array.from({ length: 700 }, (_, index) => before + 1n + BigInt(index))
      )
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 70_000n, version: 700n })
    }))

  it.effect("leaves nothing of a transaction that fails", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const asks = yield* openedAsks("rollback")
      const before = yield* lastSequence
      const failed = yield* Effect.flip(atomically(Effect.gen(function*() {
        yield* opened(asks.account("c"))
        yield* booked(asks.post("1", { credit: asks.code("c"), metadata: { a: "b" } }))
        yield* booked(asks.hold("2"))
        return yield* Effect.fail("no" as const)
      })))
      assert.strictEqual(failed, "no")
      const store = yield* LedgerStore
      assert.isTrue(Option.isNone(yield* store.account(asks.code("c"))))
      assert.isTrue(Option.isNone(yield* store.transfer(asks.id("1"))))
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPendingMinor: 0n, version: 0n })
      assert.strictEqual(yield* lastSequence, before)
      assert.deepStrictEqual(yield* answers([asks.post("1")]), ["booked"])
      assert.strictEqual(yield* lastSequence, before + 1n)
    }))

  it.effect("sees within a transaction what it booked there", () =>
    Effect.gen(function*() {
      const { atomically } = yield* Transaction
      const asks = yield* openedAsks("within")
      const seen = yield* atomically(Effect.gen(function*() {
        yield* booked(asks.hold("1"))
        yield* booked(asks.settle("2", "1", { amountMinor: 30n }))
        return [yield* accountNow(asks.code("a")), yield* answers([asks.hold("1")], [asks.release("3", "1")])] as const
      }))
      assert.deepInclude(seen[0], { debitsPostedMinor: 30n, debitsPendingMinor: 0n, version: 2n })
      assert.deepStrictEqual(seen[1], ["replayed", "PendingTransferAlreadySettled at 0 (pendingId)"])
      assert.deepStrictEqual(yield* accountNow(asks.code("a")), seen[0])
    }))
}

/** LG-6: the same again. */
export const replaySuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("answers a repeated set as the first time", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("replay")
      const set = [asks.hold("1"), asks.settle("2", "1", { metadata: { a: "b" } }), asks.post("3")]
      const first = yield* booked(...set)
      assert.deepStrictEqual(yield* store.post([set]), [Result.succeed({ transfers: first, replayed: true })])
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 200n, version: 3n })
    }))

  it.effect("books only the rest of a set that was booked in part", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("rest")
      const [first] = yield* booked(asks.post("1"))
      const set = yield* booked(asks.post("1"), asks.post("2"))
      assert.deepStrictEqual(set[0], first)
      assert.strictEqual((yield* accountNow(asks.code("a"))).version, 2n)
    }))

  it.effect("knows a request by its key, whatever its id", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("key")
      const idempotencyKey = IdempotencyKey.make("replay:key~!\"%_'\\")
      const [first] = yield* booked(asks.post("1", { idempotencyKey }))
      const [again] = yield* booked(asks.post("2", { idempotencyKey }))
      assert.deepStrictEqual(again, first)
      assert.deepStrictEqual(
        yield* answers(
          [asks.post("3", { idempotencyKey, amountMinor: 7n })],
          [asks.hold("1", { idempotencyKey })],
          [asks.post("1")]
        ),
        [
          "IdempotencyKeyUsedWithDifferentRequest at 0 (amountMinor)",
          "TransferExistsWithDifferentKind at 0 (kind)",
          "TransferExistsWithDifferentIdempotencyKey at 0 (idempotencyKey)"
        ]
      )
    }))

  it.effect("knows keys and ids of the same batch", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("batched")
      const idempotencyKey = IdempotencyKey.make("batched")
      assert.deepStrictEqual(
        yield* answers(
          [asks.post("1", { idempotencyKey })],
          [asks.post("2", { idempotencyKey })],
          [asks.post("1", { idempotencyKey, reference: "other" })],
          [asks.post("3", { idempotencyKey, reference: "other" })]
        ),
        [
          "booked",
          "replayed",
          "TransferExistsWithDifferentReference at 0 (reference)",
          "IdempotencyKeyUsedWithDifferentRequest at 0 (reference)"
        ]
      )
    }))

  it.effect("repeats a settlement of all, and sees that another hold was meant", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("settlement")
      yield* opened(asks.account("c"), asks.account("d"))
      const elsewhere = { debit: asks.code("c"), credit: asks.code("d"), amountMinor: 7n }
      yield* bookedEach(asks.hold("1"), asks.hold("2", elsewhere), asks.settle("3", "1"))
      assert.deepStrictEqual(
        yield* answers([asks.settle("3", "1")], [asks.settle("3", "2")], [asks.settle("3", "1", { amountMinor: 99n })]),
        [
          "replayed",
          "TransferExistsWithDifferentAmount at 0 (amountMinor)",
          "TransferExistsWithDifferentAmount at 0 (amountMinor)"
        ]
      )
    }))

  it.effect("ends the stored hold where the batch repeats its id for other accounts", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("mixed")
      yield* opened(asks.account("c"))
      yield* booked(asks.hold("1"))
      assert.deepStrictEqual(
        yield* answers([asks.hold("1", { debit: asks.code("c") })], [asks.settle("2", "1")]),
        ["TransferExistsWithDifferentDebit at 0 (debit)", "booked"]
      )
      assert.deepInclude(yield* accountNow(asks.code("a")), { debitsPostedMinor: 100n, version: 2n })
    }))

  it.effect("tries a refused id again", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("retry")
      yield* opened(asks.account("user", limited))
      const spend = [asks.post("1", { debit: asks.code("user") })]
      assert.deepStrictEqual(yield* answers(spend), ["InsufficientFunds at 0 (debit)"])
      yield* booked(asks.post("pay", { credit: asks.code("user") }))
      assert.deepStrictEqual(yield* answers(spend), ["booked"])
    }))
}
