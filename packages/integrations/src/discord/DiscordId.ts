/** Models the ids of Discord, which carry the time of their making. */
import * as Schema from "effect/Schema"

/** A snowflake: 17 to 20 decimal digits, up to 2^64 - 1. Always a string, for it does not fit a number. */
export const DiscordId = Schema.String.check(
  Schema.isPattern(/^[1-9]\d{16,19}$/u),
  Schema.makeFilter((text) => /^\d+$/u.test(text) && BigInt(text) < 2n ** 64n)
).pipe(Schema.brand("DiscordId"))

/** An id of Discord. */
export type DiscordId = typeof DiscordId.Type

/** The first second of 2015 in milliseconds of Unix time, from which snowflakes count. */
const epochMillis = 1_420_070_400_000n

/** When the account or guild of that id was made, in milliseconds of Unix time: the bits above the lowest 22. */
export const createdAtMillis = (id: DiscordId): number => Number((BigInt(id) >> 22n) + epochMillis)
