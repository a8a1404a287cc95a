import { assert, describe, it } from "@effect/vitest"
import { Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { readAsked } from "../../src/commands/ledger/post/Asked.ts"
import { isEmpty, objectOf, type Options } from "../../src/commands/ledger/post/options.ts"

const id = "00000000-0000-4000-8000-000000000001"
const assets = [Asset.EUR, Asset.XMR]
const base = { debit: "cash", credit: "sales", amount: "12.50 EUR", reason: "order.paid" }

const refusal = (value: unknown) => {
  const asked = readAsked(value, 0, assets)
  assert.isTrue(Result.isFailure(asked), "it was taken")
  return Result.isFailure(asked) ? asked.failure.message : ""
}

describe("LG-10 LG-14 a request from plain values", () => {
  it.each([
    ["12.50 EUR", undefined, 1250n],
    ["0.000000000001 XMR", undefined, 1n],
    ["92233720368547758.07", "EUR", 9_223_372_036_854_775_807n],
    ["9007199254740993 XMR", undefined, null],
    ["12.500 EUR", "EUR", 1250n]
  ])("reads %s exactly", (amount, asset, minor) => {
    const asked = readAsked({ ...base, amount, asset }, 0, assets)
    if (minor === null) return assert.include(refusal({ ...base, amount, asset }), "AmountOverflows")
    assert.deepStrictEqual(Result.getOrThrow(asked).amount, {
      _tag: "Exact",
      asset: Asset.AssetCode.make(asset ?? amount.split(" ")[1]!),
      minor
    })
  })

  it("counts minor units", () => {
    const { amount: _, ...rest } = base
    const asked = readAsked({ ...rest, amount_minor: "9007199254740993", asset: "EUR" }, 0, assets)
    assert.deepInclude(Result.getOrThrow(asked).amount, { minor: 9_007_199_254_740_993n })
  })

  it.each<[unknown, string]>([
    [[], "RequestMalformed: expected an object"],
    [null, "RequestMalformed: expected an object"],
    [{ ...base, kind: "give" }, "(kind): expected one of post, hold, settle, void, reverse"],
    [{ ...base, kind: "toString" }, "(kind): expected one of"],
    [{ ...base, amount: 12.5 }, "(amount): expected text such as \"12.50 EUR\", never a number"],
    [{ ...base, amount: "12.505 EUR" }, "(amount): TooPrecise: EUR has 2 decimals, and nothing is rounded"],
    [{ ...base, amount: "1e3 EUR" }, "(amount): Malformed"],
    [{ ...base, amount: "-1 EUR" }, "(amount): Malformed"],
    [{ ...base, amount: "-0 EUR" }, "(amount): Malformed"],
    [{ ...base, amount: "NaN EUR" }, "(amount): Malformed"],
    [{ ...base, amount: "12.50" }, "(asset): is missing"],
    [{ ...base, amount: undefined }, "(amount): is missing"],
    [{ ...base, amount: "92233720368547758.08 EUR" }, "AmountOverflows (amount)"],
    [{ ...base, amount: "1 GBP" }, "AssetUnknown (asset): GBP"],
    [{ ...base, asset: "XMR" }, "(amount): the amount is of EUR, the asset is XMR"],
    [{ ...base, amount_minor: "1250" }, "(amount): give amount or amount_minor, not both"],
    [
      { ...base, amount: undefined, amount_minor: 1250, asset: "EUR" },
      "(amount_minor): expected whole minor units as text"
    ],
    [{ ...base, debit: "a b" }, "(debit): expected an account code"],
    [{ ...base, credit: null }, "(credit): is missing"],
    [{ ...base, reason: "Paid!" }, "(reason): expected dotted lower-case words"],
    [{ ...base, id: "7" }, "(id): expected a UUID in lower case"],
    [{ ...base, reference: "a\u0000b" }, "(reference): expected 1 to 200 characters"],
    [{ ...base, metadata: { a: 1 } }, "(metadata): expected at most 16 texts"],
    [{ ...base, effective_at: "2026-02-29" }, "(effective_at): expected a time"],
    [{ ...base, effective_at: "2026-01-01T10:00:00" }, "(effective_at): expected a time"],
    [{ ...base, effective_at: 1 }, "(effective_at): expected a time"],
    [{ ...base, expires_at: "2026-01-01" }, "(expires_at): not part of a post"],
    [{ ...base, refrence: "x" }, "(refrence): no such field"],
    [{ kind: "void", pending_id: id, reason: "a", amount: "1 EUR" }, "(amount): not part of a void"],
    [{ kind: "settle", reason: "a" }, "(pending_id): is missing"],
    [{ kind: "reverse", reason: "a" }, "(reverses): is missing"]
  ])("is refused by name: %j", (value, message) => {
    assert.include(refusal(value), message)
  })

  it("leaves the asset of a settlement to its hold", () => {
    const asked = readAsked({ kind: "settle", pending_id: id, reason: "a", amount: "1.5" }, 0, assets)
    assert.deepStrictEqual(Result.getOrThrow(asked).amount, { _tag: "OfHold", text: "1.5", isMinor: false })
  })
})

const nothing = Option.none<string>()
const typed: Options = {
  debit: nothing,
  credit: nothing,
  amount: nothing,
  asset: nothing,
  reason: nothing,
  reference: nothing,
  id: nothing,
  idempotencyKey: nothing,
  effective: nothing,
  expires: nothing,
  metadata: {},
  hold: false,
  settle: nothing,
  void: nothing,
  reverse: nothing
}

describe("LG-14 options of a transfer", () => {
  it.effect("become what a line would hold", () =>
    Effect.gen(function*() {
      const made = yield* objectOf({
        ...typed,
        settle: Option.some(id),
        reason: Option.some("a"),
        metadata: { k: "v" }
      })
      assert.deepStrictEqual(made, { kind: "settle", pending_id: id, reason: "a", metadata: { k: "v" } })
      assert.isTrue(isEmpty(typed))
      assert.isFalse(isEmpty({ ...typed, hold: true }))
    }))

  it.effect("name one deed", () =>
    Effect.gen(function*() {
      const both = yield* Effect.flip(objectOf({ ...typed, hold: true, void: Option.some(id) }))
      assert.strictEqual(both.message, "give only one of --hold and --void")
    }))
})
