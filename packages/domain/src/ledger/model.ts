/** Holds the scalar schemas that accounts and transfers share. */
import * as Schema from "effect/Schema"
import { Amount } from "../money/index.ts"

/** Largest amount and total: 2^63 - 1 minor units, what a signed 64-bit column holds. */
export const maximumMinor = Amount.maximumMinor

/** An amount or total in minor units, 0 to 2^63 - 1. */
export const AmountMinor = Schema.BigInt.check(
  Schema.isBetweenBigInt({ minimum: 0n, maximum: maximumMinor })
)

/** Free text that travels with an account or transfer: at most 16 entries, keys up to 40 and values up to 500 characters. */
export const Metadata = Schema.Record(
  Schema.String.check(Schema.isPattern(/^[^\p{C}]{1,40}$/u)),
  Schema.String.check(Schema.isPattern(/^\P{Cc}{0,500}$/u))
).check(Schema.makeFilter((entries) => Object.keys(entries).length <= 16 ? undefined : "at most 16 entries"))
