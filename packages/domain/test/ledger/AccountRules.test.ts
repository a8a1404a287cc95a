import { assert, describe, it } from "@effect/vitest"
import { type Account, AccountCode, AccountRules } from "@purser/domain/ledger"
import { Asset } from "@purser/domain/money"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { account } from "./requests.ts"

const at = { openedAtMillis: 7, assets: [Asset.EUR, Asset.XMR] }
const request = account("user:1", { overdraftMinor: 5n, metadata: { name: "Ada", city: "Köln" } })

const open = (existing?: Account, changed = request) => AccountRules.decideOpen(changed, existing, at)
const opened = () => Result.getOrThrow(open()).account

const refusal = (answer: ReturnType<typeof AccountRules.decideOpen | typeof AccountRules.decideClose>) =>
  Result.match(answer as Result.Result<unknown, { readonly reason: string; readonly field?: string }>, {
    onFailure: ({ field, reason }) => [reason, field],
    onSuccess: () => []
  })

describe("LG-1 opening accounts", () => {
  it("starts at nothing", () => {
    assert.deepStrictEqual(Result.getOrThrow(open()), {
      account: {
        ...request,
        state: "open",
        debitsPostedMinor: 0n,
        debitsPendingMinor: 0n,
        creditsPostedMinor: 0n,
        creditsPendingMinor: 0n,
        version: 0n,
        openedAtMillis: 7
      },
      isNew: true
    })
  })

  it("answers with what exists when it is asked again", () => {
    const existing: Account = { ...opened(), creditsPostedMinor: 12n, version: 3n, state: "closed", openedAtMillis: 1 }
    assert.deepStrictEqual(Result.getOrThrow(open(existing)), { account: existing, isNew: false })
    const reordered = account("user:1", { overdraftMinor: 5n, metadata: { city: "Köln", name: "Ada" } })
    assert.isFalse(Result.getOrThrow(open(existing, reordered)).isNew)
  })

  it.each(
    [
      ["asset", { asset: Asset.XMR.code }],
      ["normalSide", { normalSide: "debit" }],
      ["balanceRule", { balanceRule: "credits_at_most_debits" }],
      ["overdraftMinor", { overdraftMinor: 6n }],
      ["metadata", { metadata: { name: "Ada" } }],
      ["metadata", { metadata: { name: "Ada", city: "Ulm" } }],
      ["metadata", { metadata: { name: "Ada", town: "Köln" } }]
    ] as const
  )("refuses another %s", (field, change) => {
    const changed = account("user:1", { overdraftMinor: 5n, metadata: { name: "Ada", city: "Köln" }, ...change })
    assert.deepStrictEqual(refusal(open(opened(), changed)), ["AccountExistsWithDifferentFields", field])
  })

  it("refuses an asset that nobody knows, before all else", () => {
    const changed = account("user:1", { asset: Asset.BAN.code })
    assert.deepStrictEqual(refusal(open(undefined, changed)), ["AssetUnknown", "asset"])
    assert.deepStrictEqual(refusal(open(opened(), changed)), ["AssetUnknown", "asset"])
  })
})

describe("LG-1 closing accounts", () => {
  it("closes, and closes again", () => {
    const closed = Result.getOrThrow(AccountRules.decideClose("user:1", opened()))
    assert.deepStrictEqual(closed, { ...opened(), state: "closed" })
    assert.deepStrictEqual(Result.getOrThrow(AccountRules.decideClose("user:1", closed)), closed)
  })

  it("keeps what is posted", () => {
    const existing: Account = { ...opened(), creditsPostedMinor: 5n }
    assert.strictEqual(Result.getOrThrow(AccountRules.decideClose("user:1", existing)).creditsPostedMinor, 5n)
  })

  it.each(["debitsPendingMinor", "creditsPendingMinor"])("refuses while there are %s", (figure) => {
    const existing: Account = { ...opened(), [figure]: 1n }
    assert.deepStrictEqual(refusal(AccountRules.decideClose("user:1", existing)), [
      "AccountHasPendingTransfers",
      undefined
    ])
  })

  it("refuses what does not exist", () => {
    assert.deepStrictEqual(refusal(AccountRules.decideClose("user:1", undefined)), ["AccountNotFound", undefined])
  })

  it("says which account", () => {
    const error = Result.getOrThrow(Result.flip(open(opened(), account("user:1"))))
    assert.strictEqual(error.message, "AccountExistsWithDifferentFields: user:1 (overdraftMinor)")
  })
})

describe("LG-1 account codes", () => {
  const isCode = Schema.is(AccountCode)

  it.each(["a", "user:42:available", "A.b_c-9", "1:2:3:4:5:6:7:8", "x".repeat(128)])("takes %s", (text) => {
    assert.isTrue(isCode(text))
  })

  it.each(["", ":", "a:", ":a", "a::b", "a b", "ä", "a\n", "1:2:3:4:5:6:7:8:9", "x".repeat(129), "a/b", "a%"])(
    "refuses %j",
    (text) => {
      assert.isFalse(isCode(text))
    }
  )
})
