/** Reads what was given on the command line of the ledger: times, sequences, amounts. */
import { Amount, Asset } from "@purser/domain/money"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type CommandFailed, failed } from "../../terminal/CommandFailed.ts"

const timePattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/u

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()

/** What a time looks like. */
export const timeWanted = "expected a time such as 2026-01-31T12:00:00Z, or a day of UTC such as 2026-01-31"

/**
 * Reads a day of UTC or a time with its zone into milliseconds since 1970. A time without a zone is refused: it would be
 * another one on another machine. So is a day that its month does not have.
 */
export const millisOf = (text: string): Result.Result<number, string> => {
  const match = timePattern.exec(text)
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]))
    ? Result.succeed(Date.parse(text))
    : Result.fail(timeWanted)
}

/** A problem, said of the option that has it. */
const ofOption = <A>(option: string, result: Result.Result<A, string>): Effect.Effect<A, CommandFailed> =>
  Effect.fromResult(Result.mapError(result, (problem) => failed(`${option}: ${problem}`)))

/** Reads a time where one is given. */
export const timeOption = (option: string, text: Option.Option<string>) =>
  Option.isNone(text)
    ? Effect.succeed(undefined)
    : ofOption(option, millisOf(text.value))

/** Reads a place in the books: a sequence, or the line of a statement. */
export const placeOption = (option: string, text: Option.Option<string>) =>
  Option.isNone(text)
    ? Effect.succeed(undefined)
    : ofOption(
      option,
      /^\d{1,18}$/u.test(text.value) ? Result.succeed(BigInt(text.value)) : Result.fail("expected a whole number")
    )

/** Most rows on one page. */
export const largestPage = 1000

/** Makes sure that a page is neither empty nor too large to hold. */
export const pageSize = (limit: number): Effect.Effect<number, CommandFailed> =>
  limit >= 1 && limit <= largestPage ? Effect.succeed(limit) : Effect.fail(failed("--limit: expected 1 to 1,000"))

/** The asset of that code, among those in use here. */
export const assetOf = (code: string): Effect.Effect<Asset.Asset, CommandFailed> =>
  Effect.flatMap(Asset.Assets, (assets) =>
    Effect.fromResult(
      Result.mapError(Asset.find(assets, code), () =>
        failed(`AssetUnknown: no asset ${code}; known are ${assets.map((asset) => asset.code).join(", ")}`))
    ))

/** Reads decimal text into minor units, exactly. */
export const amountOption = (
  option: string,
  text: string,
  asset: Asset.Asset
): Effect.Effect<bigint, CommandFailed> =>
  ofOption(option, Result.mapError(Amount.parse(text, asset), ({ why }) => amountProblem(why, asset)))

/** Says what is wrong with a text that is no amount of the asset. */
export const amountProblem = (why: Amount.AmountRefused["why"], { code, scale }: Asset.Asset): string => {
  if (why === "TooLarge") return "TooLarge: more than 2^63 - 1 minor units"
  return why === "TooPrecise"
    ? `TooPrecise: ${code} has ${scale} decimals, and nothing is rounded`
    : "Malformed: expected digits with an optional fraction, such as 12.50"
}
