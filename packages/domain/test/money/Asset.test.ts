import { assert, describe, it } from "@effect/vitest"
import { Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

describe("LG-10 assets", () => {
  it.effect("are counted at the scale of their rails", () =>
    Effect.gen(function*() {
      const assets = yield* Asset.Assets
      assert.deepStrictEqual(assets.map(({ code, scale }): readonly [string, number] => [code, scale]), [
        ["XMR", 12],
        ["BAN", 8],
        ["XTR", 0],
        ["EUR", 2],
        ["USD", 2]
      ])
    }))

  it.effect("can be others", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Asset.Assets, [Asset.EUR])
    }).pipe(Effect.provideService(Asset.Assets, [Asset.EUR])))

  it("are found by their exact code", () => {
    assert.strictEqual(Result.getOrThrow(Asset.find([Asset.EUR, Asset.XMR], "XMR")), Asset.XMR)
    for (const code of ["xmr", " XMR", "XM", ""]) {
      const error = Result.getOrThrow(Result.flip(Asset.find([Asset.EUR, Asset.XMR], code)))
      assert.deepStrictEqual([error._tag, error.code], ["UnknownAsset", code])
    }
  })

  it.each(["XMR", "A1", "ABCDEFGHIJKL"])("take the code %s", (code) => {
    assert.isTrue(Schema.is(Asset.AssetCode)(code))
  })

  it.each(["", "A", "1A", "eur", "EUR ", "E R", "ABCDEFGHIJKLM", "ÄÖ", "EUR\n"])("refuse the code %j", (code) => {
    assert.isFalse(Schema.is(Asset.AssetCode)(code))
  })

  it.each([-1, 19, 1.5, Number.NaN])("refuse the scale %d", (scale) => {
    assert.throws(() => new Asset.Asset({ code: Asset.EUR.code, scale }))
  })
})
