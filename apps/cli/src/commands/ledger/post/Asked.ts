/** Reads one request from an object of plain values: a line of a file, or the options of the command. */
import { Amount, Asset } from "@purser/domain/money"
import * as Result from "effect/Result"
import { amountProblem } from "../given.ts"
import { type AskedKind, type FieldName, type Fields, fieldsOf, isKind, kinds, readers, requiredOf } from "./fields.ts"
import { Refused } from "./Refused.ts"

/** An amount whose asset is known, or one that is counted in the asset of the hold it settles. */
export type AskedAmount =
  | { readonly _tag: "Exact"; readonly asset: Asset.AssetCode; readonly minor: bigint }
  | { readonly _tag: "OfHold"; readonly text: string; readonly isMinor: boolean }

/** A request whose fields are well formed. */
export interface Asked {
  readonly kind: AskedKind
  readonly fields: Fields
  readonly amount: AskedAmount | undefined
}

type Object_ = Readonly<Record<string, unknown>>

const malformed = (index: number, field: string | undefined, detail: string) =>
  Result.fail(new Refused({ reason: "RequestMalformed", index, detail, ...field === undefined ? {} : { field } }))

const isObject = (value: unknown): value is Object_ =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const readFields = (kind: AskedKind, given: Object_, index: number): Result.Result<Fields, Refused> => {
  const names = fieldsOf(kind)
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === "kind" || value === null || value === undefined) continue
    if (!names.includes(name as FieldName)) {
      return malformed(index, name, Object.hasOwn(readers, name) ? `not part of a ${kind}` : "no such field")
    }
    const read: Result.Result<unknown, string> = readers[name as FieldName](value)
    if (Result.isFailure(read)) return malformed(index, name, read.failure)
    fields[name] = read.success
  }
  const missing = requiredOf(kind).find((name) => fields[name] === undefined)
  // The names and their types come from the same table of readers.
  return missing === undefined ? Result.succeed(fields as Fields) : malformed(index, missing, "is missing")
}

/** Reads `text` in the asset of that code; `isMinor` says that it counts minor units. */
export const amountIn = (
  assets: ReadonlyArray<Asset.Asset>,
  code: string,
  { isMinor, text }: { readonly isMinor: boolean; readonly text: string }
): Result.Result<bigint, Pick<Refused, "reason" | "field"> & { readonly detail: string }> => {
  const asset = assets.find((known) => known.code === code)
  if (asset === undefined) return Result.fail({ reason: "AssetUnknown", field: "asset", detail: code })
  const field = isMinor ? "amount_minor" : "amount"
  return Result.mapError(Amount.parse(text, isMinor ? { ...asset, scale: 0 } as Asset.Asset : asset), ({ why }) => ({
    reason: why === "TooLarge" ? "AmountOverflows" : "RequestMalformed",
    field,
    detail: amountProblem(why, asset)
  }))
}

/** The one text of an amount that was given, and its asset where it is named. */
const givenAmount = ({ amount, amount_minor: minor, asset }: Fields) => {
  if (amount !== undefined && minor !== undefined) return Result.fail("give amount or amount_minor, not both")
  if (minor !== undefined) return Result.succeed({ text: minor, isMinor: true, code: asset as string | undefined })
  const [text, code] = (amount ?? "").split(/ +/u)
  if (code !== undefined && asset !== undefined && code !== asset) {
    return Result.fail(`the amount is of ${code}, the asset is ${asset}`)
  }
  return Result.succeed({ text: text ?? "", isMinor: false, code: code ?? asset as string | undefined })
}

const readAmount = (
  { fields, index, kind }: { readonly kind: AskedKind; readonly fields: Fields; readonly index: number },
  assets: ReadonlyArray<Asset.Asset>
): Result.Result<AskedAmount | undefined, Refused> => {
  if (kind === "void" || kind === "reverse") return Result.succeed(undefined)
  const given = givenAmount(fields)
  if (Result.isFailure(given)) return malformed(index, "amount", given.failure)
  const { code, isMinor, text } = given.success
  if (text === "") return kind === "settle" ? Result.succeed(undefined) : malformed(index, "amount", "is missing")
  if (code === undefined) {
    return kind === "settle"
      ? Result.succeed({ _tag: "OfHold", text, isMinor })
      : malformed(index, "asset", "is missing; write it behind the amount, such as \"12.50 EUR\"")
  }
  return Result.mapBoth(amountIn(assets, code, { text, isMinor }), {
    onSuccess: (minor): AskedAmount => ({ _tag: "Exact", asset: Asset.AssetCode.make(code), minor }),
    onFailure: (problem) => new Refused({ ...problem, index })
  })
}

/** Reads the request at that place in its set. A field that nobody knows is refused: it may be a slip in one that counts. */
export const readAsked = (
  value: unknown,
  index: number,
  assets: ReadonlyArray<Asset.Asset>
): Result.Result<Asked, Refused> => {
  if (!isObject(value)) return malformed(index, undefined, "expected an object")
  const kind = value["kind"] ?? "post"
  if (!isKind(kind)) return malformed(index, "kind", `expected one of ${kinds.join(", ")}`)
  return Result.flatMap(
    readFields(kind, value, index),
    (fields) => Result.map(readAmount({ kind, fields, index }, assets), (amount) => ({ kind, fields, amount }))
  )
}
