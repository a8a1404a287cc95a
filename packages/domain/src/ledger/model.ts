/** Holds the scalar schemas that accounts and transfers share. */
import type * as Brand from "effect/Brand"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Amount } from "../money/index.ts"

/** Largest amount and total: 2^63 - 1 minor units, what a signed 64-bit column holds. */
export const maximumMinor = Amount.maximumMinor

/** An amount or total in minor units, 0 to 2^63 - 1. */
export const AmountMinor = Schema.BigInt.check(
  Schema.isBetweenBigInt({ minimum: 0n, maximum: maximumMinor })
)

/**
 * Free text that travels with an account or transfer: at most 16 entries, keys up to 40 and values up to 500 characters.
 * No control characters and no halves of surrogate pairs: a database would give those back as something else.
 */
export const Metadata = Schema.Record(
  Schema.String,
  Schema.String.check(Schema.isPattern(/^[^\p{Cc}\p{Cs}]{0,500}$/u))
).check(
  // A check on the key schema would not refuse other keys: it would drop them.
  Schema.makeFilter((entries) => {
    const keys = Object.keys(entries)
    if (keys.length > 16) return "at most 16 entries"
    return keys.every((key) => /^[^\p{C}]{1,40}$/u.test(key)) ? undefined : "keys of 1 to 40 printable characters"
  })
)

/** Lets constructors leave a nullable field out. Decoding still asks for it. */
export const nullWhenLeftOut = <S extends Schema.Top>(schema: S) =>
  Schema.NullOr(schema).pipe(Schema.withConstructorDefault(Effect.succeed(null)))

/** The same for metadata, which is then empty. */
export const metadataOrNone = Metadata.pipe(Schema.withConstructorDefault(Effect.sync(() => ({}))))

type Unbranded<A> = A extends Brand.Brand<string> ? Brand.Brand.Unbranded<A> : A

/** What a constructor takes, with plain strings for codes and ids. */
export type Plain<Fields> = { readonly [Name in keyof Fields]: Unbranded<Fields[Name]> }
