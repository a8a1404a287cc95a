/** Names the assets that amounts are counted in, with the scale of each. */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Code of an asset: 2 to 12 upper-case letters and digits, a letter first. */
export const AssetCode = Schema.String.check(Schema.isPattern(/^[A-Z][A-Z0-9]{1,11}$/u)).pipe(Schema.brand("AssetCode"))
export type AssetCode = typeof AssetCode.Type

/** What amounts are counted in. `scale` is the number of decimals between a minor unit and one whole, 0 to 18. */
export class Asset extends Schema.Class<Asset>("Asset")({
  code: AssetCode,
  scale: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 18 }))
}) {}

/** No asset of that code is known here. */
export class UnknownAsset extends Data.TaggedError("UnknownAsset")<{ readonly code: string }> {}

/** An asset from plain values: `make("GBP", 2)`. Throws where one is malformed. */
export const make = (code: string, scale: number): Asset => new Asset({ code: AssetCode.make(code), scale })

/** Monero, counted in piconero. */
export const XMR = make("XMR", 12)
/** Banano, counted in 10^-8 BAN; the rail rounds its 29 decimals down to it and books the remainder as dust. */
export const BAN = make("BAN", 8)
/** Telegram Stars, indivisible. */
export const XTR = make("XTR", 0)
/** Euro, counted in cents. */
export const EUR = make("EUR", 2)
/** US dollar, counted in cents. */
export const USD = make("USD", 2)

/** The assets in use; provide another list to add assets of your own. */
export const Assets = Context.Reference<ReadonlyArray<Asset>>("@purser/domain/money/Assets", {
  defaultValue: () => [XMR, BAN, XTR, EUR, USD]
})

/** Finds an asset by its code, exactly as written. */
export const find = (assets: ReadonlyArray<Asset>, code: string): Result.Result<Asset, UnknownAsset> => {
  const found = assets.find((asset) => asset.code === code)
  return found === undefined ? Result.fail(new UnknownAsset({ code })) : Result.succeed(found)
}
