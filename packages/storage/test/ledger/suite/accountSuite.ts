/** Tells how every ledger store opens, closes and lists accounts. */
import { assert, type Vitest } from "@effect/vitest"
import { type Account, type AccountError, LedgerStore } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { accountNow, answers, booked, makeAsks, opened, openedAsks } from "../asks.ts"
import type { Ground } from "../stores.ts"

/** What became of a request, in short: the state of the account, or the reason with the field. */
const inShort = (answer: Result.Result<Account, AccountError> | undefined): string =>
  Result.match(answer!, { onSuccess: ({ state }) => state, onFailure: ({ message }) => message })

/** The suite. */
export const accountSuite = (it: Vitest.MethodsNonLive<Ground>): void => {
  it.effect("opens accounts with every field", () =>
    Effect.gen(function*() {
      const asks = makeAsks("open")
      const request = asks.account("a", {
        asset: Asset.XMR.code,
        normalSide: "debit",
        balanceRule: "debits_at_most_credits",
        overdraftMinor: 2n ** 63n - 1n,
        metadata: { "größe \"1\"": "{\\n} ≥", empty: "", __proto: "x" }
      })
      const [account] = yield* opened(request)
      assert.deepInclude(account!, { ...request })
      assert.deepInclude(account!, { state: "open", version: 0n, debitsPostedMinor: 0n, creditsPendingMinor: 0n })
      assert.deepStrictEqual(yield* accountNow(asks.code("a")), account)
    }))

  it.effect("finds no account that was not opened", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      assert.isTrue(Option.isNone(yield* store.account(makeAsks("nothing").code("a"))))
    }))

  it.effect("answers a repeated opening with the account as it is", () =>
    Effect.gen(function*() {
      const asks = yield* openedAsks("again")
      yield* booked(asks.post("1"))
      const [account] = yield* opened(asks.account("a"))
      assert.deepInclude(account!, { version: 1n, debitsPostedMinor: 100n })
    }))

  it.effect("refuses another opening that differs, and says where", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("differs")
      const code = asks.code("a")
      const differences = [
        ["asset", { asset: Asset.XMR.code }],
        ["normalSide", { normalSide: "debit" }],
        ["balanceRule", { balanceRule: "credits_at_most_debits" }],
        ["overdraftMinor", { overdraftMinor: 1n }],
        ["metadata", { metadata: { a: "b" } }]
      ] as const
      const given = yield* store.openAccounts(differences.map(([, fields]) => asks.account("a", fields)))
      assert.deepStrictEqual(
        given.map(inShort),
        differences.map(([field]) => `AccountExistsWithDifferentFields: ${code} (${field})`)
      )
    }))

  it.effect("opens each account on its own, also twice in one call", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = makeAsks("several")
      const unknown = asks.account("c", { asset: Asset.AssetCode.make("NONE") })
      const given = yield* store.openAccounts([
        asks.account("a"),
        unknown,
        asks.account("a"),
        asks.account("a", { overdraftMinor: 5n }),
        asks.account("b")
      ])
      assert.deepStrictEqual(given.map(inShort), [
        "open",
        "AssetUnknown: several:c (asset)",
        "open",
        "AccountExistsWithDifferentFields: several:a (overdraftMinor)",
        "open"
      ])
      assert.deepStrictEqual(given[2], given[0])
      assert.deepStrictEqual(yield* store.openAccounts([]), [])
    }))

  it.effect("closes accounts, once or twice", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("close")
      const closed: Account = { ...yield* accountNow(asks.code("a")), state: "closed" }
      assert.deepStrictEqual(yield* store.closeAccount(asks.code("a")), Result.succeed(closed))
      assert.deepStrictEqual(yield* store.closeAccount(asks.code("a")), Result.succeed(closed))
      assert.deepStrictEqual(yield* answers([asks.post("1")]), ["DebitAccountClosed at 0 (debit)"])
      assert.deepStrictEqual((yield* opened(asks.account("a")))[0], closed)
    }))

  it.effect("refuses to close what is not there or has something pending", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = yield* openedAsks("unclosed")
      yield* booked(asks.hold("1"))
      const given = yield* Effect.forEach(["a", "b", "c"], (name) => store.closeAccount(asks.code(name)))
      assert.deepStrictEqual(given.map(inShort), [
        "AccountHasPendingTransfers: unclosed:a",
        "AccountHasPendingTransfers: unclosed:b",
        "AccountNotFound: unclosed:c"
      ])
      yield* booked(asks.release("2", "1"))
      assert.isTrue(Result.isSuccess(yield* store.closeAccount(asks.code("a"))))
    }))

  it.effect("lists accounts by prefix, by their bytes, in pages", () =>
    Effect.gen(function*() {
      const store = yield* LedgerStore
      const asks = makeAsks("list")
      const names = ["_", "_:1", "A", "a", "a-1", "a.1", "a:1", "a_1", "aa", "b"]
      yield* opened(...names.map((name) => asks.account(name)))
      const list = (prefix: string, after?: string, limit = 100) =>
        Effect.map(
          store.accounts({ prefix, limit, ...after === undefined ? {} : { after: asks.code(after) } }),
          (accounts) => accounts.map(({ code }) => code.slice("list:".length))
        )
      assert.deepStrictEqual(yield* list("list:"), names.toSorted())
      assert.deepStrictEqual(yield* list("list:a"), ["a", "a-1", "a.1", "a:1", "a_1", "aa"])
      assert.deepStrictEqual(yield* list("list:_"), ["_", "_:1"])
      assert.deepStrictEqual(yield* list("list:a", "a.1", 2), ["a:1", "a_1"])
      assert.deepStrictEqual(yield* list("list:a", undefined, 2), ["a", "a-1"])
      const nowhere = ["%", "list%", "list:%", "list:ä", "list:a\0", "List", "list:a~"]
      assert.deepStrictEqual((yield* Effect.forEach(nowhere, (prefix) => list(prefix))).flat(), [])
    }))
}
