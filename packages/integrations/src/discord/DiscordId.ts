/** Models the ids of Discord. */
import * as Schema from "effect/Schema"

/** A snowflake: 17 to 20 decimal digits, up to 2^64 - 1. Always a string, for it does not fit a number. */
export const DiscordId = Schema.String.check(
  Schema.isPattern(/^[1-9]\d{16,19}$/u),
  Schema.makeFilter((text) => /^\d+$/u.test(text) && BigInt(text) < 2n ** 64n)
).pipe(Schema.brand("DiscordId"))

/** An id of Discord. */
export type DiscordId = typeof DiscordId.Type
