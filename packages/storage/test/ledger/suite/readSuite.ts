/** Tells how every ledger store is read: statements, balances of the past, searches, sums. */
import { assert, type Vitest } from "@effect/vitest"
import {
  type AccountCode,
  type Entry,
  LedgerStore,
  maximumMinor,
  ReasonCode,
  type TransferQuery
} from "@purser/domain/ledger"
import { play } from "@purser/domain/ledger/testing"
import { Asset } from "@purser/domain/money"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import { accountNow, bookedEach, type makeAsks, opened, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

const statementOf = (account: AccountCode) => LedgerStore.use((store) => store.statement({ account, limit: 1000 }))

const figuresOf = ({ transfer: _transfer, ...figures }: Entry) => figures

/** LG-7: statements and balances. */
export const balanceSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("shows a statement that follows from the transfers", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("statement")
      const back = { debit: asks.code("b"), credit: asks.code("a"), amountMinor: 30n }
      const transfers = yield* bookedEach(
        asks.post("1"),
        asks.hold("2", { amountMinor: 50n }),
        asks.post("3", back),
        asks.settle("4", "2", { amountMinor: 20n }),
        asks.hold("5", back),
        asks.release("6", "5")
      )
      const entries = yield* statementOf(asks.code("a"))
      assert.deepStrictEqual(entries.map(({ transfer }) => transfer), transfers)
      assert.deepStrictEqual(
        entries.map((entry) => [
          entry.accountVersion,
          entry.debitsPostedMinor,
          entry.debitsPendingMinor,
          entry.creditsPostedMinor,
          entry.creditsPendingMinor
        ]),
        [
          [1n, 100n, 0n, 0n, 0n],
          [2n, 100n, 50n, 0n, 0n],
          [3n, 100n, 50n, 30n, 0n],
          [4n, 120n, 0n, 30n, 0n],
          [5n, 120n, 0n, 30n, 30n],
          [6n, 120n, 0n, 30n, 0n]
        ]
      )
      const { version, ...account } = yield* accountNow(asks.code("a"))
      assert.deepInclude({ ...account, accountVersion: version, account: account.code }, figuresOf(entries.at(-1)!))
    }))

  it.effect("pages through a statement by version", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("pages")
      yield* bookedEach(...Array.from({ length: 5 }, (_, index) => asks.post(String(index))))
      const all = yield* statementOf(asks.code("b"))
      const page = (after: bigint, limit: number) => store.statement({ account: asks.code("b"), after, limit })
      assert.deepStrictEqual(yield* page(0n, 2), all.slice(0, 2))
      assert.deepStrictEqual(yield* page(2n, 2), all.slice(2, 4))
      assert.deepStrictEqual(yield* page(4n, 2), all.slice(4))
      assert.deepStrictEqual(yield* page(5n, 2), [])
      assert.deepStrictEqual(yield* statementOf(asks.code("nobody")), [])
    }))

  it.effect("tells the balance at any sequence", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("sequence")
      yield* opened(asks.account("c"))
      const transfers = yield* bookedEach(
        asks.post("1"),
        asks.post("2", { debit: asks.code("c") }),
        asks.hold("3", { amountMinor: 7n }),
        asks.settle("4", "3", { amountMinor: 5n })
      )
      const entries = yield* statementOf(asks.code("a"))
      const at = (sequence: bigint) => store.balanceAt(asks.code("a"), { sequence })
      const [first, other, , last] = transfers
      assert.deepStrictEqual(yield* at(first!.sequence - 1n), Option.none())
      assert.deepStrictEqual(yield* at(first!.sequence), Option.some(figuresOf(entries[0]!)))
      assert.deepStrictEqual(yield* at(other!.sequence), Option.some(figuresOf(entries[0]!)))
      assert.deepStrictEqual(yield* at(last!.sequence), Option.some(figuresOf(entries[2]!)))
      assert.deepStrictEqual(yield* at(2n ** 63n - 1n), Option.some(figuresOf(entries[2]!)))
      assert.deepStrictEqual(yield* store.balanceAt(asks.code("d"), { sequence: 9n }), Option.none())
    }))

  it.effect("tells the balance at a time of effect, whatever the order of booking", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("effect")
      yield* bookedEach(
        asks.post("1", { effectiveAtMillis: 3000, amountMinor: 1n }),
        asks.hold("2", { effectiveAtMillis: 1000, amountMinor: 10n }),
        asks.post("3", { effectiveAtMillis: 2000, amountMinor: 100n, debit: asks.code("b"), credit: asks.code("a") }),
        asks.settle("4", "2", { effectiveAtMillis: 1500, amountMinor: 4n }),
        asks.post("5", { effectiveAtMillis: -5, amountMinor: 1000n })
      )
      const at = (effectiveAtMillis: number) =>
        Effect.map(
          store.balanceAt(asks.code("a"), { effectiveAtMillis }),
          Option.match({
            onNone: () => undefined,
            onSome: (balance) => [
              balance.accountVersion,
              balance.debitsPostedMinor,
              balance.debitsPendingMinor,
              balance.creditsPostedMinor,
              balance.creditsPendingMinor
            ]
          })
        )
      assert.strictEqual(yield* at(-6), undefined)
      assert.deepStrictEqual(yield* at(-5), [1n, 1000n, 0n, 0n, 0n])
      assert.deepStrictEqual(yield* at(1000), [2n, 1000n, 10n, 0n, 0n])
      assert.deepStrictEqual(yield* at(1500), [3n, 1004n, 0n, 0n, 0n])
      assert.deepStrictEqual(yield* at(2999), [4n, 1004n, 0n, 100n, 0n])
      assert.deepStrictEqual(yield* at(3000), [5n, 1005n, 0n, 100n, 0n])
      assert.deepStrictEqual(yield* store.balanceAt(asks.code("d"), { effectiveAtMillis: 9 }), Option.none())
    }))

  it.effect("adds up held amounts beyond 64 bits where their ends came later", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("beyond")
      const amountMinor = maximumMinor
      yield* bookedEach(
        asks.hold("1", { amountMinor, effectiveAtMillis: 1 }),
        asks.release("2", "1", { effectiveAtMillis: 2 }),
        asks.hold("3", { amountMinor, effectiveAtMillis: 1 }),
        asks.release("4", "3", { effectiveAtMillis: 2 })
      )
      const balance = yield* Effect.flatMap(
        store.balanceAt(asks.code("a"), { effectiveAtMillis: 1 }),
        Effect.fromOption
      )
      assert.strictEqual(balance.debitsPendingMinor, 2n * maximumMinor)
    }))
}

const search = (asks: ReturnType<typeof makeAsks>, query: Partial<TransferQuery>) =>
  LedgerStore.use((store) =>
    Effect.map(
      store.transfers({ order: "oldest_first", limit: 100, accountPrefix: asks.code("x").slice(0, -1), ...query }),
      (transfers) => transfers.map(({ amountMinor }) => Number(amountMinor))
    )
  )

/** LG-7: searches. */
export const searchSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("finds transfers by every condition, and by all at once", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("search")
      yield* opened(asks.account("c"), asks.account("d"))
      const sale = ReasonCode.make("sale")
      yield* bookedEach(
        asks.post("1", { amountMinor: 1n, reason: sale, reference: "r%", metadata: { k: "v", l: "w" } }),
        asks.post("2", { amountMinor: 2n, credit: asks.code("c"), reference: "r_", metadata: { k: "v", l: "x" } }),
        asks.hold("3", { amountMinor: 3n, debit: asks.code("c"), credit: asks.code("d"), reason: sale }),
        asks.settle("4", "3", { amountMinor: 2n, reference: "r", metadata: { k: "V" } }),
        asks.hold("5", { amountMinor: 5n }),
        asks.release("6", "5", { metadata: { v: "k" } })
      )
      const found = (query: Partial<TransferQuery>) => search(asks, query)
      assert.deepStrictEqual(yield* found({}), [1, 2, 3, 2, 5, 5])
      assert.deepStrictEqual(yield* found({ account: asks.code("c") }), [2, 3, 2])
      assert.deepStrictEqual(yield* found({ account: asks.code("a") }), [1, 2, 5, 5])
      assert.deepStrictEqual(yield* found({ account: asks.code("nobody") }), [])
      assert.deepStrictEqual(yield* found({ reference: "r%" }), [1])
      assert.deepStrictEqual(yield* found({ reference: "r_" }), [2])
      assert.deepStrictEqual(yield* found({ reference: "R" }), [])
      assert.deepStrictEqual(yield* found({ reason: "sale" }), [1, 3])
      assert.deepStrictEqual(yield* found({ kind: "post" }), [1, 2])
      assert.deepStrictEqual(yield* found({ kind: "hold" }), [3, 5])
      assert.deepStrictEqual(yield* found({ kind: "settle" }), [2])
      assert.deepStrictEqual(yield* found({ kind: "void" }), [5])
      assert.deepStrictEqual(yield* found({ kind: "expire" }), [])
      assert.deepStrictEqual(yield* found({ metadata: { k: "v" } }), [1, 2])
      assert.deepStrictEqual(yield* found({ metadata: { k: "v", l: "w" } }), [1])
      assert.deepStrictEqual(yield* found({ metadata: { k: "w" } }), [])
      assert.deepStrictEqual(yield* found({ metadata: {} }), [1, 2, 3, 2, 5, 5])
      assert.deepStrictEqual(yield* found({ reference: "r\0", metadata: { k: "v" } }), [])
      assert.deepStrictEqual(yield* found({ metadata: { "k\0": "v" } }), [])
      assert.deepStrictEqual(
        yield* found({ account: asks.code("b"), reason: "sale", kind: "post", reference: "r%", metadata: { l: "w" } }),
        [1]
      )
      assert.deepStrictEqual(yield* found({ account: asks.code("c"), order: "newest_first", limit: 2 }), [2, 3])
    }))

  it.effect("takes an account prefix literally, and by its bytes", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("prefix")
      const names = ["u_1", "ux1", "u.1", "U_1", "u_1:x", "u_2"]
      yield* opened(...names.map((name) => asks.account(name)))
      yield* bookedEach(
        ...names.map((name, index) => asks.post(name, { credit: asks.code(name), amountMinor: BigInt(index + 1) }))
      )
      const found = (prefix: string) => search(asks, { accountPrefix: `prefix:${prefix}` })
      assert.deepStrictEqual(yield* found("u_1"), [1, 5])
      assert.deepStrictEqual(yield* found("u_"), [1, 5, 6])
      assert.deepStrictEqual(yield* found("u"), [1, 2, 3, 5, 6])
      assert.deepStrictEqual(yield* found("U"), [4])
      assert.deepStrictEqual(yield* found("u%"), [])
      assert.deepStrictEqual(yield* found("%"), [])
      assert.deepStrictEqual(yield* found("u_1~"), [])
      assert.deepStrictEqual(yield* search(asks, { accountPrefix: "prefix:u", account: asks.code("u_2") }), [6])
    }))

  it.effect("finds the same however many accounts begin alike", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("crowd")
      yield* opened(...Array.from({ length: 1001 }, (_, index) => asks.account(`n${index}`)))
      yield* bookedEach(
        ...[7, 1000, 7].map((index, place) =>
          asks.post(String(place), { debit: asks.code(`n${index}`), amountMinor: BigInt(place + 1) })
        ),
        asks.post("other", { amountMinor: 9n })
      )
      const found = (prefix: string, query: Partial<TransferQuery> = {}) =>
        search(asks, { accountPrefix: `crowd:${prefix}`, ...query })
      assert.deepStrictEqual(yield* found(""), [1, 2, 3, 9])
      assert.deepStrictEqual(yield* found("n"), [1, 2, 3])
      assert.deepStrictEqual(yield* found("n7"), [1, 3])
      assert.deepStrictEqual(yield* found("n", { order: "newest_first", limit: 2 }), [3, 2])
      assert.deepStrictEqual(yield* found("n", { account: asks.code("n7") }), [1, 3])
    }))

  it.effect("pages through transfers in both orders", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("keyset")
      yield* opened(asks.account("c"))
      const all = yield* bookedEach(
        ...Array.from({ length: 6 }, (_, index) =>
          asks.post(String(index), index % 2 === 0 ? {} : { debit: asks.code("c") }))
      )
      const reference = all.filter(({ debit }) =>
        debit === asks.code("a")
      )
      const sequence = (index: number) => reference[index]!.sequence
      const page = (query: Partial<TransferQuery>) =>
        store.transfers({ order: "oldest_first", account: asks.code("a"), limit: 2, ...query })
      assert.deepStrictEqual(yield* page({}), reference.slice(0, 2))
      assert.deepStrictEqual(yield* page({ after: sequence(1) }), reference.slice(2))
      assert.deepStrictEqual(yield* page({ after: all[3]!.sequence }), reference.slice(2))
      assert.deepStrictEqual(yield* page({ after: sequence(2) }), [])
      const newest = { order: "newest_first" } as const
      assert.deepStrictEqual(yield* page(newest), reference.slice(1).toReversed())
      assert.deepStrictEqual(yield* page({ ...newest, after: sequence(1) }), reference.slice(0, 1))
      assert.deepStrictEqual(yield* page({ ...newest, after: 0n }), [])
      assert.deepStrictEqual(yield* page({ ...newest, after: 2n ** 70n }), reference.slice(1).toReversed())
      assert.deepStrictEqual(yield* page({ after: -(2n ** 70n) }), reference.slice(0, 2))
      const log = yield* store.transfers({ order: "oldest_first", after: all[0]!.sequence - 1n, limit: 6 })
      assert.deepStrictEqual(log, all)
    }))

  it.effect("finds transfers by the time of booking", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("booked")
      yield* play([3000, 1000, 2000].map((atMillis) => ({
        _tag: "Post",
        atMillis,
        sets: [[asks.post(String(atMillis), { amountMinor: BigInt(atMillis) })]]
      })))
      const found = (query: Partial<TransferQuery>) => search(asks, query)
      assert.deepStrictEqual(yield* found({ bookedFromMillis: 2000 }), [3000, 2000])
      assert.deepStrictEqual(yield* found({ bookedToMillis: 2000 }), [1000])
      assert.deepStrictEqual(yield* found({ bookedFromMillis: 1001, bookedToMillis: 3000 }), [2000])
      const newest = { order: "newest_first", limit: 1 } as const
      assert.deepStrictEqual(yield* found({ bookedToMillis: 3001, ...newest }), [2000])
      assert.deepStrictEqual(yield* found({ bookedToMillis: 3001, account: asks.code("a"), ...newest }), [2000])
    }))

  it.effect("finds the same however many transfers were booked in that time", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("crowded")
      const sets = Array.from(
        { length: 1001 },
        (_, index) => [asks.post(`${index}`, { amountMinor: BigInt(index + 1) })]
      )
      yield* play([{ _tag: "Post", atMillis: 500, sets }])
      const found = (query: Partial<TransferQuery>) => search(asks, { bookedToMillis: 600, limit: 2, ...query })
      assert.deepStrictEqual(yield* found({}), [1, 2])
      assert.deepStrictEqual(yield* found({ order: "newest_first", bookedFromMillis: 500 }), [1001, 1000])
      assert.deepStrictEqual(yield* found({ bookedFromMillis: 501 }), [])
    }))
}

/** Sums over the whole ledger. Each test has a ledger of its own. */
export const sumSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("sums every asset, beyond 64 bits", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      assert.deepStrictEqual(yield* store.trialBalance, [])
      const asks = yield* openedAsks("sums")
      yield* opened(asks.account("c"), asks.account("d"), asks.account("x", { asset: Asset.XMR.code }))
      const most = { amountMinor: maximumMinor }
      yield* bookedEach(
        asks.post("1", most),
        asks.post("2", { ...most, debit: asks.code("c"), credit: asks.code("d") }),
        asks.hold("3", { debit: asks.code("b"), credit: asks.code("a"), amountMinor: 3n })
      )
      const sums = { debitsPendingMinor: 3n, creditsPendingMinor: 3n }
      const both = 2n * maximumMinor
      assert.deepStrictEqual(yield* store.trialBalance, [
        { asset: "EUR", debitsPostedMinor: both, creditsPostedMinor: both, ...sums },
        {
          asset: "XMR",
          debitsPostedMinor: 0n,
          creditsPostedMinor: 0n,
          debitsPendingMinor: 0n,
          creditsPendingMinor: 0n
        }
      ])
      assert.deepStrictEqual(yield* store.verify, { accounts: 5n, transfers: 3n, discrepancies: [] })
    }))

  it.effect("verifies an empty ledger", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      assert.deepStrictEqual(yield* store.verify, { accounts: 0n, transfers: 0n, discrepancies: [] })
    }))

  it.effect("has no page without a bound", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("bounds")
      yield* bookedEach(asks.post("1"))
      const store = yield* LedgerStore
      const pages = {
        accounts: (limit: number) => store.accounts({ prefix: "", limit }),
        transfers: (limit: number) => store.transfers({ order: "oldest_first", limit }),
        statement: (limit: number) => store.statement({ account: asks.code("a"), limit }),
        expireHolds: store.expireHolds
      }
      for (const [name, page] of Object.entries(pages)) {
        for (const limit of [0, -1, 1001, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
          const exit = yield* Effect.exit<unknown, unknown, never>(page(limit))
          assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause), `${name} ${limit}`)
        }
        for (const limit of [1, 1000]) yield* page(limit)
      }
    }))
}
